using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Hubs;

namespace RealtimeHub.Server.Hubs.System;

/// <summary>The channel <c>system</c>: the whole status of this node, every few seconds.</summary>
internal static class SystemFamily
{
    public static ChannelName Channel { get; } = ChannelName.Parse("system");

    public static ChannelFamily Family { get; } = new()
    {
        Name = "system",
        Target = nameof(ISystemClient.Status),
        DefaultPolicy = SlowConsumerPolicy.Conflate,
        StartsWithNewest = true,
    };
}
