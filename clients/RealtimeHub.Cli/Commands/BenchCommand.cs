using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RealtimeHub.Cli.Bench;
using RealtimeHub.Cli.Credentials;
using RealtimeHub.Cli.Output;
using RealtimeHub.Cli.Prove;
using RealtimeHub.Protocol.Json;
using Spectre.Console;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub bench</c>: loads a server within bounds, and prints figures; what is required of them passes or fails.</summary>
internal sealed class BenchCommand
{
    private const int DefaultConnections = 100;
    private const int DefaultSeconds = 10;
    private const int DefaultRate = 20;
    private const int DefaultBytes = 256;
    private const int DefaultUsers = 100;
    private const int ProfileSeconds = 30;

    private readonly Argument<string[]> _scenarios = new("scenario")
    {
        Description = $"What to measure. Default: all. {string.Join("; ", Scenarios.All.Select(s => $"{s.Name}: {s.About}"))}.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int?> _connections = Bounded("--connections", DefaultConnections, 1, BenchLoad.MaxConnections, "Readers.");
    private readonly Option<int?> _seconds = Bounded("--seconds", DefaultSeconds, 1, BenchLoad.MaxSeconds, "How long each scenario is measured; with --profile 30, at most 60.");
    private readonly Option<int?> _rate = Bounded("--rate", DefaultRate, 1, BenchLoad.MaxRate, "Frames per second, where they are paced.");
    private readonly Option<int?> _bytes = Bounded("--bytes", DefaultBytes, 32, BenchLoad.MaxBytes, "Size of a frame's content.");
    private readonly Option<string?> _profile = new("--profile") { Description = "A documented profile of users in place of scenarios: stream, simulation, or mixed 3:1." };
    private readonly Option<int?> _users = Bounded("--users", DefaultUsers, 10, 1_000, "Users of the profile; a tenth of them come each second.");
    private readonly Option<FileInfo?> _report = new("--report") { HelpName = "FILE", Description = "Keep the figures as JSON." };
    private readonly Option<bool> _remote = new("--yes-remote") { Description = "Load a server that is not this machine. Ask whose it is first." };

    public static Command Create(CommandRunner runner)
    {
        var bench = new BenchCommand();
        bench._scenarios.AcceptOnlyFromAmong([.. Scenarios.All.Select(s => s.Name)]);
        bench._profile.AcceptOnlyFromAmong([.. LoadProfiles.Names]);
        var command = new Command("bench", "Load a server and measure it. Exits with 1 when a required figure is missed.")
        {
            bench._scenarios, bench._connections, bench._seconds, bench._rate, bench._bytes, bench._profile, bench._users, bench._report, bench._remote,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(bench._profile) is not null && result.GetValue(bench._seconds) > LoadProfiles.MaxSeconds)
            {
                result.AddError($"--seconds of a profile must be 1 to {LoadProfiles.MaxSeconds}.");
            }

            if (result.GetResult(bench._profile) is not null && result.GetValue(bench._scenarios) is { Length: > 0 })
            {
                result.AddError("Give scenarios or --profile.");
            }
        });
        runner.Attach(command, bench.RunAsync);
        return command;
    }

    private static Option<int?> Bounded(string name, int ordinary, int low, int high, string description)
    {
        var option = new Option<int?>(name) { HelpName = "N", Description = $"{description} {low} to {high}; default {ordinary}." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } value && (value < low || value > high))
            {
                result.AddError($"{name} must be {low} to {high}.");
            }
        });
        return option;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!context.Url.IsLoopback && !context.Parsed.GetValue(_remote))
        {
            throw new MisuseException($"{context.Url.Authority} is not this machine; a load on it needs --yes-remote.");
        }

        var parsed = context.Parsed;
        var profile = parsed.GetValue(_profile);
        var load = new BenchLoad(
            parsed.GetValue(_connections) ?? DefaultConnections,
            TimeSpan.FromSeconds(parsed.GetValue(_seconds) ?? (profile is null ? DefaultSeconds : ProfileSeconds)),
            parsed.GetValue(_rate) ?? DefaultRate,
            parsed.GetValue(_bytes) ?? DefaultBytes);
        await context.Client.Account.WhoAmIAsync(cancellationToken).ConfigureAwait(false);
        var headers = await context.Options.HeadersAsync(cancellationToken).ConfigureAwait(false);
        var site = new BenchSite(new ProofSite(context.Client, context.Url, headers, context.Host.Time, new ProofPermissions()), load);
        await using var closing = site.ConfigureAwait(false);
        var rows = new List<BenchRow>();
        if (profile is not null)
        {
            await LoadProfiles.RunAsync(site, profile, parsed.GetValue(_users) ?? DefaultUsers, Add, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var wanted = parsed.GetValue(_scenarios) ?? [];
            foreach (var scenario in Scenarios.All.Where(s => wanted.Length == 0 || wanted.Contains(s.Name)))
            {
                await scenario.RunAsync(site, Add, cancellationToken).ConfigureAwait(false);
            }
        }

        return await ReportAsync(context, load, rows, cancellationToken).ConfigureAwait(false);

        void Add(BenchRow row)
        {
            rows.Add(row);
            Show(context.Out, row);
        }
    }

    private static void Show(CliOutput output, BenchRow row)
    {
        if (output.IsJson)
        {
            output.Json(row);
            return;
        }

        var verdict = row.Passed switch { true => "passed", false => "failed", null => "" };
        output.Line(new StyledLine()
            .Add(row.Scenario, 16)
            .Add(row.What, 38)
            .Add(row.Value.ToString("#,0.###", CultureInfo.InvariantCulture), 12)
            .Add(row.Unit, 9, whenEmpty: " ")
            .Add(row.Required, 8, whenEmpty: " ")
            .Add(verdict, style: new Style(row.Passed == false ? Color.Red : Color.Green), whenEmpty: " "));
    }

    private async Task<int> ReportAsync(CommandContext context, BenchLoad load, List<BenchRow> rows, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(_report) is { } file)
        {
            var report = new Report(
                CredentialBook.NameOf(context.Url), context.Host.Time.GetUtcNow(), load.Connections, load.Duration.TotalSeconds, load.Rate, load.Bytes, rows);
            await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(report, RealtimeJson.Options) + "\n", cancellationToken).ConfigureAwait(false);
        }

        var missed = rows.Count(r => r.Passed == false);
        context.Out.Note(missed == 0 ? "Every required figure is met." : $"{missed} required figure(s) are missed.");
        return missed == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private sealed record Report(string Server, DateTimeOffset At, int Connections, double Seconds, int Rate, int Bytes, IReadOnlyList<BenchRow> Rows);
}
