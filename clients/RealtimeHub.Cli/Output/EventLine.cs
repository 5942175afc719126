using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using Spectre.Console;

namespace RealtimeHub.Cli.Output;

/// <summary>One event for people: time, severity, type, camera, summary.</summary>
internal static class EventLine
{
    private const int MaxSummaryLength = 160;

    private static readonly string[] SummaryMembers = ["summary", "message", "title", "error", "reason", "label", "status"];

    public static StyledLine Of(FrameEnvelope frame) => Append(new StyledLine(), frame);

    public static StyledLine Append(StyledLine line, FrameEnvelope frame)
    {
        var payload = frame.Payload.ToElement();
        var severity = Severity(frame, payload);
        return line
            .Add(Clock(frame.Timestamp), style: new Style(Color.Grey))
            .Add(severity, 8, Colour(severity))
            .Add(frame.RequiresAck ? $"{frame.Type}!" : frame.Type, 24)
            .Add(Text(payload, "camera_name") ?? Text(payload, "camera_id") ?? Tag(frame, "camera_id"), 14)
            .Add(Summary(payload));
    }

    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss.fff'Z'");

    public static Style Colour(string? severity) => severity switch
    {
        "critical" => new Style(Color.Red, decoration: Decoration.Bold),
        "high" or "error" => new Style(Color.Red),
        "medium" or "warning" => new Style(Color.Yellow),
        "low" or "info" => new Style(Color.Green),
        _ => Style.Plain,
    };

    public static string? Text(JsonElement payload, string name) =>
        payload.ValueKind == JsonValueKind.Object
        && payload.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : null;

    private static string? Severity(FrameEnvelope frame, JsonElement payload) =>
        (Text(payload, "severity") ?? Text(payload, "risk_level") ?? Tag(frame, "severity"))?.ToLowerInvariant();

    private static string Summary(JsonElement payload)
    {
        var text = SummaryMembers.Select(name => Text(payload, name)).FirstOrDefault(t => t is { Length: > 0 }) ?? payload.GetRawText();
        return text.Length <= MaxSummaryLength ? text : $"{text[..MaxSummaryLength]}…";
    }

    private static string? Tag(FrameEnvelope frame, string name) => frame.Tags?.GetValueOrDefault(name);
}
