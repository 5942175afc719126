using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>What the simulation hub pushes.</summary>
public interface ISimulationClient : IRealtimeClient
{
    /// <summary>A frame of a run.</summary>
    Task Simulation(FrameEnvelope frame);
}
