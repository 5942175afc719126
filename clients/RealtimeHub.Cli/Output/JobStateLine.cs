using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Cli.Output;

/// <summary>One change of a job's state for people.</summary>
internal static class JobStateLine
{
    public static StyledLine Of(FrameEnvelope frame)
    {
        var payload = frame.Payload.ToElement();
        return new StyledLine()
            .Add(EventLine.Clock(frame.Timestamp))
            .Add(EventLine.Text(payload, "state"), 10)
            .Add(EventLine.Text(payload, "job_id"), 24)
            .Add(EventLine.Text(payload, "job_type"), 12)
            .Add(EventLine.Text(payload, "error"), whenEmpty: "");
    }
}
