using Microsoft.Extensions.Options;
using RealtimeHub.Server.Hubs.Climate.Data.Zarr;

namespace RealtimeHub.Server.Hubs.Climate.Data.Watching;

/// <summary>The sources of the configured folders: each <c>*.zarr</c> directory that is complete enough to be served.</summary>
/// <remarks>
/// Thread-safe, but for <see cref="ScanAsync"/>, which has one caller at a time. A store that is written in place is served with the times that are
/// complete. One that has to appear, or change, in one step is written beside under a name that does not end in <c>.zarr</c> or that starts
/// with a dot, on the same file system, and then renamed.
/// </remarks>
internal sealed class FieldSourceDirectory(
    DataFolders folders, FieldStepCache cache, ScanSignal signal, IOptions<ClimateDataOptions> options, ILogger<FieldSourceDirectory> logger)
{
    private const string StorePattern = "*.zarr";

    private readonly StoreInspector _inspector = new(ZarrLimits.Default with { MaxChunkBytes = options.Value.MaxChunkBytes });
    private readonly Dictionary<string, WatchedStore> _stores = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missingFolders = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<string, IFieldSource> _sources = new SortedDictionary<string, IFieldSource>(StringComparer.Ordinal);

    /// <summary>Called after a source appeared, changed or went, on the scanning thread; it must not block or throw.</summary>
    public event Action<FieldSourceChange>? Changed;

    /// <summary>What is served now, by id.</summary>
    public IReadOnlyCollection<IFieldSource> Sources => [.. _sources.Values];

    public IFieldSource? Find(string id) => _sources.GetValueOrDefault(id);

    /// <summary>Looks through the folders, and serves what is there from then on.</summary>
    public async Task ScanAsync(CancellationToken cancellationToken)
    {
        var found = FindStores();
        foreach (var gone in _stores.Keys.Where(id => !found.ContainsKey(id)).ToList())
        {
            Drop(gone, _stores[gone]);
            _stores.Remove(gone);
        }

        foreach (var (id, path) in found)
        {
            if (!_stores.TryGetValue(id, out var store) || store.Directory != path)
            {
                _stores[id] = store = new WatchedStore(path) { Source = store?.Source };
            }

            if (await store.TryInspectAsync(_inspector, cancellationToken))
            {
                await RefreshAsync(id, store, cancellationToken);
            }
        }
    }

    private SortedDictionary<string, string> FindStores()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var folder in folders.Paths)
        {
            foreach (var path in StoresIn(folder))
            {
                if (found.Count < options.Value.MaxStores && !Path.GetFileName(path).StartsWith('.'))
                {
                    found.TryAdd(Path.GetFileNameWithoutExtension(path), path);
                }
            }
        }

        return found;
    }

    private string[] StoresIn(string folder)
    {
        try
        {
            var stores = Directory.GetDirectories(folder, StorePattern);
            Array.Sort(stores, StringComparer.Ordinal);
            _missingFolders.Remove(folder);
            return stores;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_missingFolders.Add(folder))
            {
                ClimateDataLog.DataFolderMissing(logger, folder, e.Message);
            }

            return [];
        }
    }

    private async Task RefreshAsync(string id, WatchedStore store, CancellationToken cancellationToken)
    {
        try
        {
            var dataset = await store.Inspection!.ReadAsync(cancellationToken);
            store.Problem = null;
            if (dataset.Catalogue.Provenance.Digest != store.Source?.Catalogue.Provenance.Digest)
            {
                Serve(id, store, new ZarrFieldSource(dataset, cache, () => OnDoubt(store)));
            }
        }
        catch (Exception e) when (e is ZarrFormatException or IOException)
        {
            Refuse(store, e);
            Drop(id, store);
        }
        catch (StoreChangedException e)
        {
            // It is being written right now; the scan that this asks for sees more.
            ClimateDataLog.StoreIncomplete(logger, store.Name, e.Message);
            OnDoubt(store);
        }
    }

    private void Serve(string id, WatchedStore store, ZarrFieldSource source)
    {
        var times = source.Catalogue.Times;
        var before = store.Source?.Catalogue.Times.ToList() ?? [];
        var kind = store.Source is null ? FieldSourceChangeKind.Added : FieldSourceChangeKind.Updated;
        store.Source = source;
        _sources = new SortedDictionary<string, IFieldSource>(_sources.ToDictionary(), StringComparer.Ordinal) { [id] = source };
        ClimateDataLog.StoreServed(logger, store.Name, times.Count, times.First, times.Last, source.Catalogue.Provenance.Digest);
        Changed?.Invoke(new FieldSourceChange(kind, id, source, [.. times.ToList().Except(before)]));
    }

    private void Drop(string id, WatchedStore store)
    {
        if (store.Source is null)
        {
            return;
        }

        store.Source = null;
        var left = new SortedDictionary<string, IFieldSource>(_sources.ToDictionary(), StringComparer.Ordinal);
        left.Remove(id);
        _sources = left;
        ClimateDataLog.StoreGone(logger, store.Name);
        Changed?.Invoke(new FieldSourceChange(FieldSourceChangeKind.Removed, id, null, []));
    }

    // A store that is being copied gives many reasons in a row; the first is told aloud.
    private void Refuse(WatchedStore store, Exception e)
    {
        if (store.Problem is null)
        {
            ClimateDataLog.StoreRefused(logger, store.Name, e.Message);
        }
        else if (store.Problem != e.Message)
        {
            ClimateDataLog.StoreIncomplete(logger, store.Name, e.Message);
        }

        store.Problem = e.Message;
    }

    private void OnDoubt(WatchedStore store)
    {
        store.Doubt();
        signal.Raise();
    }
}
