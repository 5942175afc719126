using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>What the events hub pushes.</summary>
public interface IEventsClient : IRealtimeClient
{
    /// <summary>A security event, alert, detection or camera state.</summary>
    Task Event(FrameEnvelope frame);
}
