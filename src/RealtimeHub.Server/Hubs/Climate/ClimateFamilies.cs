using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Hubs;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>The families of derived climate channels. Under pressure drivers go before fields and explanations, and these before tiles.</summary>
internal static class ClimateFamilies
{
    private static readonly RetentionLimits LargeFrames = new(16, 64L << 20, TimeSpan.FromHours(24));

    public static ChannelFamily Drivers { get; } = Family("climate-drivers", nameof(IClimateClient.Data), 0);

    public static ChannelFamily Fields { get; } = Family("climate-fields", nameof(IClimateClient.Data), 1);

    public static ChannelFamily Xai { get; } = Family("climate-xai", nameof(IClimateClient.Xai), 1);

    public static ChannelFamily Tiles { get; } = Family("climate-tiles", nameof(IClimateClient.Data), 2);

    public static ChannelFamily Of(string kind) => kind switch
    {
        FrameKinds.Drivers => Drivers,
        FrameKinds.Fields => Fields,
        FrameKinds.Xai => Xai,
        FrameKinds.Tile => Tiles,
        _ => throw new ArgumentException($"There are no frames of kind {kind}.", nameof(kind)),
    };

    public static string NameOf(string kind) => Of(kind).Name;

    private static ChannelFamily Family(string name, string target, int priority) => new()
    {
        Name = name,
        Target = target,
        HasIds = true,
        Retention = LargeFrames,
        DefaultPolicy = SlowConsumerPolicy.Coarsen,
        StartsWithNewest = true,
        IsGoverned = true,
        Priority = priority,
    };
}
