using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>What the jobs hub pushes.</summary>
public interface IJobsClient : IRealtimeClient
{
    /// <summary>A job's state or log line.</summary>
    Task Job(FrameEnvelope frame);
}
