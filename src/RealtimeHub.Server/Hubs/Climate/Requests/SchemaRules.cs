using System.Globalization;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Science.Climate;
using RealtimeHub.Science.Explain;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>The first layer: every member says something that it can say at all.</summary>
internal static class SchemaRules
{
    public const string Conceal = "conceal";
    public const string Deny = "deny";

    private static readonly string[] OnProtected = [Conceal, Deny];

    public static ProtocolError? Check(ClimateAsk ask, ClimateHubOptions limits) =>
        OneOf("stream", ask.GivenStream, [ask.Stream])
        ?? OneOf("time_mode", ask.GivenTimeMode, TimeModes.All)
        ?? OneOf("on_protected", ask.OnProtected, OnProtected)
        ?? OneOf("level", ask.GivenLevel, XaiLevels.All)
        ?? CheckNames(ask)
        ?? (ask.Domain is null && ask.Kind != FrameKinds.Tile ? ClimateAsk.Bad("domain", "The domain is missing.", null, "{crs, bbox}") : null)
        ?? CheckInterval(ask, limits)
        ?? CheckOptions(ask.Options);

    private static ProtocolError? CheckNames(ClimateAsk ask)
    {
        if (ask.Names is not { Count: > 0 } || ask.Names.Any(string.IsNullOrWhiteSpace))
        {
            return ClimateAsk.Bad(ask.NamesField, $"Name what {ask.Stream} is to bring.", ask.Names is null ? null : string.Join(", ", ask.Names), "1 or more names");
        }

        return ask.Kind == FrameKinds.Xai && ask.Method is null ? ClimateAsk.Bad("method", "The method is missing.", null, "shap, ig") : null;
    }

    private static ProtocolError? CheckInterval(ClimateAsk ask, ClimateHubOptions limits)
    {
        var fallback = ask.Kind is FrameKinds.Drivers or FrameKinds.Xai ? limits.DriverInterval : limits.FieldInterval;
        var seconds = ask.Options.IntervalSeconds ?? fallback.TotalSeconds;
        if (!(seconds >= limits.MinInterval.TotalSeconds && seconds <= limits.MaxInterval.TotalSeconds))
        {
            return OutOfRange("options.interval_seconds", Text(seconds), $"{Text(limits.MinInterval.TotalSeconds)}..{Text(limits.MaxInterval.TotalSeconds)} s");
        }

        ask.Interval = TimeSpan.FromSeconds(seconds);
        return null;
    }

    private static ProtocolError? CheckOptions(ClimateOptions options) =>
        Range("options.seed", options.Seed, 0, long.MaxValue)
        ?? Range("options.member", options.Member, 0, EnsemblePerturbation.MaxMember)
        ?? Range("options.stride", options.Stride, 1, 16)
        ?? Range("options.lead_seconds", options.LeadSeconds, 1, ClimateFeatures.StepSeconds)
        ?? Range("options.background_rows", options.BackgroundRows, 1, TreeShapley.MaxBackgroundRows)
        ?? Range("options.h3_resolution", options.H3Resolution, 0, 7)
        ?? Range("options.frames", options.Frames, 1, 8)
        ?? Range("options.zoom", options.Zoom, 0, 22)
        ?? (options.StormMotion is { } motion && (motion.Count != 2 || motion.Any(v => !(Math.Abs(v) <= 100)))
            ? OutOfRange("options.storm_motion", string.Join(", ", motion.Select(Text)), "two numbers, -100..100 m/s")
            : null)
        ?? (options.ReplaySpeed is { } speed && !(speed is >= 0.1 and <= 100_000) ? OutOfRange("options.replay_speed", Text(speed), "0.1..100000") : null)
        ?? (options.RewindSeconds is { } rewind && !(rewind is > 0 and <= 3_155_760_000) ? OutOfRange("options.rewind_seconds", Text(rewind), "above 0, at most 100 years") : null);

    private static ProtocolError? OneOf(string field, string? value, IReadOnlyList<string> allowed) => value is null || allowed.Contains(value)
        ? null
        : ClimateAsk.Bad(field, $"{field} must be one of those that are known.", value, string.Join(", ", allowed));

    private static ProtocolError? Range(string field, long? value, long min, long max) =>
        value < min || value > max ? OutOfRange(field, value.Value.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{min}..{max}")) : null;

    private static ProtocolError OutOfRange(string field, string value, string bound) => ClimateAsk.Bad(field, $"{field} is out of range.", value, bound);

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
