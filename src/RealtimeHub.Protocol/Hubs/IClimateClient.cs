using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>What the climate hub pushes.</summary>
public interface IClimateClient : IRealtimeClient
{
    /// <summary>Fields, drivers or a tile.</summary>
    Task Data(FrameEnvelope frame);

    /// <summary>An explanation.</summary>
    Task Xai(FrameEnvelope frame);
}
