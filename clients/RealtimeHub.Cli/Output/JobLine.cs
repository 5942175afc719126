using RealtimeHub.Protocol.Channels;
using Spectre.Console;

namespace RealtimeHub.Cli.Output;

/// <summary>One log line or state of a job for people.</summary>
internal static class JobLine
{
    public static StyledLine Of(FrameEnvelope frame) => Append(new StyledLine(), frame);

    public static StyledLine Append(StyledLine line, FrameEnvelope frame)
    {
        var payload = frame.Payload.ToElement();
        line.Add(EventLine.Clock(frame.Timestamp), style: new Style(Color.Grey));
        if (JobEvents.IsLog(frame.Type))
        {
            var level = EventLine.Text(payload, "level")?.ToLowerInvariant();
            return line.Add(level, 8, EventLine.Colour(level)).Add(EventLine.Text(payload, "message"), whenEmpty: "");
        }

        var detail = EventLine.Text(payload, "error") ?? EventLine.Text(payload, "message") ?? EventLine.Text(payload, "reason");
        var progress = EventLine.Text(payload, "progress") is { } percent ? $" {percent} %" : "";
        return line.Add($"{frame.Type}{progress}{(detail is null ? "" : $": {detail}")}", style: new Style(decoration: Decoration.Bold));
    }
}
