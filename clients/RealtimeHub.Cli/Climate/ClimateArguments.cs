using System.CommandLine;
using System.Globalization;
using RealtimeHub.Protocol.Climate;

namespace RealtimeHub.Cli.Climate;

/// <summary>What all climate commands can be asked.</summary>
internal sealed class ClimateArguments
{
    private const string Kansas = "-101.0,36.9,-94.6,40.1";

    private readonly Option<string> _box = new("--bbox") { HelpName = "W,S,E,N", Description = $"The box in degrees. Default: {Kansas}.", DefaultValueFactory = _ => Kansas };
    private readonly Option<double?> _interval = new("--interval") { HelpName = "SECONDS", Description = "Wall time between frames. Default: the server's." };
    private readonly Option<bool> _once = new("--once") { Description = "Show one frame and end." };
    private readonly Option<string?> _source = new("--source") { HelpName = "ID", Description = "The source. Default: the server's." };
    private readonly Option<string?> _timeMode = new("--time-mode") { Description = "realtime, historical or forecast. Default: realtime." };
    private readonly Option<string?> _start = new("--start") { HelpName = "TIME", Description = "With historical: the first time." };
    private readonly Option<double?> _speed = new("--speed") { HelpName = "X", Description = "With historical: data time per wall time." };
    private readonly Option<long?> _seed = new("--seed") { HelpName = "N", Description = "The seed of ensemble members." };
    private readonly Option<int?> _member = new("--member") { HelpName = "N", Description = "The member of the ensemble. Default: 0, without noise." };
    private readonly Option<int?> _stride = new("--stride") { HelpName = "N", Description = "Means of N by N cells." };
    private readonly Option<bool> _deny = new("--deny-protected") { Description = "Refuse, rather than conceal, where the box meets a protected area." };

    public bool IsOnce(ParseResult parsed) => parsed.GetValue(_once);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _box, _interval, _once, _source, _timeMode, _start, _speed, _seed, _member, _stride, _deny })
        {
            command.Add(option);
        }
    }

    public T Fill<T>(T request, ParseResult parsed)
        where T : SubscribeClimateRequest => request with
        {
            TimeMode = parsed.GetValue(_timeMode),
            Domain = request.Domain ?? new ClimateDomain { Crs = "EPSG:4326", Bbox = Numbers("--bbox", parsed.GetRequiredValue(_box), 4) },
            Source = parsed.GetValue(_source),
            OnProtected = parsed.GetValue(_deny) ? "deny" : null,
            Options = (request.Options ?? new ClimateOptions()) with
            {
                IntervalSeconds = parsed.GetValue(_interval),
                Seed = parsed.GetValue(_seed),
                Member = parsed.GetValue(_member),
                Stride = parsed.GetValue(_stride),
                Start = parsed.GetValue(_start) is { } start ? Time("--start", start) : null,
                ReplaySpeed = parsed.GetValue(_speed),
            },
        };

    public static double[] Numbers(string option, string text, int count)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts.Length != count || !double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw new MisuseException($"{option} must be {count} numbers with commas between; it is '{text}'.");
            }
        }

        return numbers;
    }

    public static DateTimeOffset Time(string option, string text) => Protocol.Json.UtcTimestampConverter.TryParse(text, out var time)
        ? time
        : throw new MisuseException($"{option} must be an ISO 8601 instant such as 2005-08-07T12:00:00Z; it is '{text}'.");
}
