using System.Diagnostics.CodeAnalysis;

namespace RealtimeHub.Server.Provenance;

/// <summary>The newest records by id; beyond the limit the oldest go. Thread-safe.</summary>
internal sealed class RecentRecords<T>(int max)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, T> _byId = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byId.Count;
            }
        }
    }

    /// <summary>Keeps a record. One that is kept already under this id stays: equal ids are equal content.</summary>
    public T GetOrAdd(string id, T record)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(id, out var kept))
            {
                return kept;
            }

            while (_order.Count >= max)
            {
                _byId.Remove(_order.Dequeue());
            }

            _byId.Add(id, record);
            _order.Enqueue(id);
            return record;
        }
    }

    public bool TryGet(string id, [NotNullWhen(true)] out T? record)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out record);
        }
    }

    /// <summary>The newest first, as many as fit a test.</summary>
    public IReadOnlyList<T> Newest(int count, Func<T, bool> test)
    {
        T[] records;
        lock (_gate)
        {
            records = [.. _order.Select(id => _byId[id])];
        }

        return [.. records.Reverse().Where(test).Take(count)];
    }
}
