namespace RealtimeHub.Protocol.Simulation;

/// <summary>Streams the state of a run from its first step on. Default 64 steps.</summary>
public sealed record StreamSimulationRequest : SimulationRequest;
