using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Cli.Output;

/// <summary>One frame of any channel for people: its sequence, then what its family shows.</summary>
internal static class FrameLine
{
    private const string JobFamily = "job:";

    public static StyledLine Of(FrameEnvelope frame)
    {
        var line = new StyledLine().Add($"{frame.Sequence}", 6);
        return frame.Channel.StartsWith(JobFamily, StringComparison.Ordinal) ? JobLine.Append(line, frame) : EventLine.Append(line, frame);
    }
}
