using RealtimeHub.Server.Hubs.Climate.Data.Cf;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>What an inspection of a store found: which times of it are complete, and the files these consist of.</summary>
/// <remarks>
/// Stamps: every file that was there; as long as they stay the same, so does the store.
/// Files: the files that were read, for the next inspection to build on.
/// ReadyTimes: the indices of the times whose chunks are all there.
/// Problem: why the store is not served; null when it can be.
/// </remarks>
internal sealed record StoreInspection(
    string Directory,
    ZarrLimits Limits,
    IReadOnlyDictionary<string, FileStamp> Stamps,
    IReadOnlyDictionary<string, CheckedFile> Files,
    ZarrStoreMetadata? Metadata,
    StoreManifest? Manifest,
    IReadOnlyList<int> ReadyTimes,
    ZarrFormatException? Problem)
{
    /// <summary>Understands the store.</summary>
    /// <exception cref="ZarrFormatException">It cannot be served.</exception>
    public ValueTask<CfDataset> ReadAsync(CancellationToken cancellationToken) => Problem is null
        ? CfDataset.ReadAsync(new ZarrStore(Directory, Metadata!, Limits, Manifest), Manifest!.Digest, ReadyTimes, cancellationToken)
        : throw Problem;
}
