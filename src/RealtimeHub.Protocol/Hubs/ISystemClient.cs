using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>What the system hub pushes.</summary>
public interface ISystemClient : IRealtimeClient
{
    /// <summary>A status of this node or of a registered service.</summary>
    Task Status(FrameEnvelope frame);
}
