using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>What surrounds the numbers of a frame.</summary>
/// <remarks>Instant: what the data clock shows; null for a frame of one time that was asked for.</remarks>
internal sealed record FrameContext(
    CareRequest Request, CareDecision Decision, FieldCatalogue Catalogue, string TimeMode, DataInstant? Instant, DateTimeOffset StartedAt)
{
    /// <summary>Whether it is news that every reader gets, also one that wants frames more seldom.</summary>
    public bool IsOutOfTurn { get; init; }
}
