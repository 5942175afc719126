using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Watching;

/// <summary>A channel, and how fast it grows.</summary>
internal sealed record ChannelRate(ChannelSummary Channel, double FramesPerSecond);
