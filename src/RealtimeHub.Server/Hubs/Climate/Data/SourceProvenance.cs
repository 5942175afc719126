namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>Where a source's data come from, in its own words, and the digest of exactly these data.</summary>
/// <remarks>
/// Store: the name of the store.
/// Digest: A SHA-256 multihash (<c>1220…</c>) over the metadata and chunks that are served.
/// ReadmePath: A README.md beside the store, on this machine; not for clients.
/// </remarks>
internal sealed record SourceProvenance(
    string Store,
    string Digest,
    string? Institution,
    string? Source,
    string? License,
    string? Grid,
    string? Precision,
    string? ReadmePath);
