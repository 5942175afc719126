using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Provenance;

/// <summary>The STAC items of what was delivered, bounded: the newest. Thread-safe.</summary>
internal sealed class StacCatalogue(IOptions<ProvenanceOptions> options)
{
    /// <summary>The one collection that all items are in.</summary>
    public const string CollectionId = "kfm-climate-realtime";

    private readonly RecentRecords<StacItemRecord> _items = new(options.Value.MaxItems);

    /// <summary>Keeps an item; one with the same id stays.</summary>
    public StacItemRecord Add(StacItemRecord item) => _items.GetOrAdd(item.Id, item);

    public bool TryGet(string id, [NotNullWhen(true)] out StacItemRecord? item) => _items.TryGet(id, out item);

    /// <summary>The newest items that pass a test, the newest first.</summary>
    public IReadOnlyList<StacItemRecord> Newest(int count, Func<StacItemRecord, bool> test) => _items.Newest(count, test);
}
