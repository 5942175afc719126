using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Hubs;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>The channels <c>simulation:{run}</c>, and <c>simulation:{run}:{view}</c> for every other content that somebody asked for.</summary>
internal static class SimulationFamily
{
    public static ChannelFamily Family { get; } = new()
    {
        Name = "simulation",
        Target = nameof(ISimulationClient.Simulation),
        HasIds = true,

        // A node that goes on where another has gone may say again what that one has said.
        DeduplicatesEventIds = true,
        Retention = new RetentionLimits(10_000, 64L << 20, TimeSpan.FromHours(1)),
        DefaultPolicy = SlowConsumerPolicy.DropOldest,
    };

    public static ChannelName ChannelOf(string runId, string? view = null) =>
        ChannelName.Parse(view is null ? $"simulation:{runId}" : $"simulation:{runId}:{view}");
}
