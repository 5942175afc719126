namespace RealtimeHub.Protocol.Simulation;

/// <summary>Streams the features of a run. Without steps it goes on while somebody watches.</summary>
public sealed record StreamFeaturesRequest : SimulationRequest;
