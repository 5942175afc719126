using RealtimeHub.Protocol.Channels;
using RealtimeHub.Server.Hubs.Climate.Channels;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>A channel that is ready to be read, with its coarser siblings, and how often its reader wants a frame.</summary>
internal sealed record ClimateOpened(ClimateChannel Channel, IReadOnlyList<ChannelName> Coarser, TimeSpan Interval);
