using System.Collections.Concurrent;

namespace RealtimeHub.Server.Limits;

/// <summary>One pace per key. Thread-safe and bounded: when there are too many keys, the newcomers share one pace.</summary>
internal sealed class PaceTable(TimeProvider clock, int maxKeys = 100_000)
{
    private readonly ConcurrentDictionary<string, Pace> _paces = new(StringComparer.Ordinal);
    private readonly Pace _overflow = new();
    private long _lastSweep;

    public bool TryTake(string key, PaceLimit limit, out TimeSpan wait)
    {
        var now = clock.GetUtcNow();
        return Of(key, now).TryTake(limit, now, out wait);
    }

    private Pace Of(string key, DateTimeOffset now)
    {
        if (_paces.TryGetValue(key, out var pace))
        {
            return pace;
        }

        if (_paces.Count >= maxKeys)
        {
            Sweep(now);
        }

        return _paces.Count < maxKeys ? _paces.GetOrAdd(key, _ => new Pace()) : _overflow;
    }

    // Once a second at most: a flood of new keys must not pay for itself with our time.
    private void Sweep(DateTimeOffset now)
    {
        var last = Interlocked.Read(ref _lastSweep);
        if (now.UtcTicks - last < TimeSpan.TicksPerSecond || Interlocked.CompareExchange(ref _lastSweep, now.UtcTicks, last) != last)
        {
            return;
        }

        foreach (var (key, pace) in _paces)
        {
            if (pace.IsFresh(now))
            {
                _paces.TryRemove(key, out _);
            }
        }
    }
}
