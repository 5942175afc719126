using System.Collections.Frozen;

namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>What a source has. Immutable: data that appear or change make another catalogue, with another digest.</summary>
/// <remarks>
/// Times: the times at which every variable is there.
/// ReferenceTime: when the forecast was started; null where the source does not say.
/// Skipped: arrays that are no field of this grid, with the reason.
/// </remarks>
internal sealed record FieldCatalogue(
    string Id,
    string Title,
    FieldGrid Grid,
    FieldTimes Times,
    DateTimeOffset? ReferenceTime,
    FrozenDictionary<string, FieldVariable> Variables,
    IReadOnlyList<SkippedArray> Skipped,
    SourceProvenance Provenance)
{
    public GeoBox Extent => Grid.Extent;
}
