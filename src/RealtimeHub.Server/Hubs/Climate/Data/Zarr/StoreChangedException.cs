namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>A chunk is no longer the one that the store's manifest names.</summary>
internal sealed class StoreChangedException(string store, string path)
    : Exception($"Store '{store}': {path} has changed since the store was read.")
{
    public string Store { get; } = store;

    /// <summary>The file, relative to the store.</summary>
    public string Path { get; } = path;
}
