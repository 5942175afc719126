namespace RealtimeHub.Engine.Channels;

/// <summary>Remembers the answers to publishes with an idempotency key for five minutes, at most 10,000 of them.</summary>
/// <remarks>Used only under the lock of the store. When it is full the oldest answer is forgotten.</remarks>
internal sealed class IdempotencyWindow
{
    private const int MaxKeys = 10_000;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    // Most channels never see a key.
    private Dictionary<string, Entry>? _entries;
    private Queue<(string Key, DateTimeOffset At)>? _order;

    public bool TryGet(string key, DateTimeOffset now, out string fingerprint, out AppendResult result)
    {
        (fingerprint, result) = ("", default);
        if (_entries is null || _order is null)
        {
            return false;
        }

        while (_order.TryPeek(out var oldest) && now - oldest.At >= Length)
        {
            _entries.Remove(_order.Dequeue().Key);
        }

        var isFound = _entries.TryGetValue(key, out var entry);
        (fingerprint, result) = (entry.Fingerprint ?? "", entry.Result);
        return isFound;
    }

    public void Add(string key, string fingerprint, AppendResult result, DateTimeOffset now)
    {
        _entries ??= new Dictionary<string, Entry>(StringComparer.Ordinal);
        _order ??= new Queue<(string Key, DateTimeOffset At)>();
        if (_order.Count >= MaxKeys)
        {
            _entries.Remove(_order.Dequeue().Key);
        }

        _entries.Add(key, new Entry(fingerprint, result));
        _order.Enqueue((key, now));
    }

    private readonly record struct Entry(string Fingerprint, AppendResult Result);
}
