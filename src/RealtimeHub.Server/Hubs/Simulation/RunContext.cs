using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>What every run needs of the server.</summary>
internal sealed record RunContext(IChannelStore Store, ChannelDirectory Channels, RunJobs Jobs, SimulationOptions Options, RunNodes Nodes, TimeProvider Clock, ILogger Logger);
