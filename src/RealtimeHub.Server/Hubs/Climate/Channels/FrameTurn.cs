using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;

namespace RealtimeHub.Server.Hubs.Climate.Channels;

/// <summary>One frame that is to be made.</summary>
/// <param name="Channel">For this channel.</param>
/// <param name="Catalogue">What its source has.</param>
/// <param name="Instant">What the data clock shows; null for a frame of one time that was asked for.</param>
/// <param name="IsLast">Whether the channel ends with it.</param>
/// <param name="Why">Why it comes out of turn, if it does.</param>
internal sealed record FrameTurn(ClimateChannel Channel, FieldCatalogue Catalogue, DataInstant? Instant, bool IsLast, FrameRepeat Why);
