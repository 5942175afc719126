using System.Collections.Concurrent;
using RealtimeHub.Engine.Pumps;

namespace RealtimeHub.Engine.Hubs;

/// <summary>All hub connections of this node, whatever the hub. Thread-safe.</summary>
internal sealed class HubConnections(EngineMetrics metrics)
{
    private readonly ConcurrentDictionary<string, ConnectionPump> _pumps = new(StringComparer.Ordinal);

    public int Count => _pumps.Count;

    public IEnumerable<ConnectionPump> Pumps => _pumps.Select(p => p.Value);

    /// <summary>Frames written to connections since start.</summary>
    public long FramesDelivered => metrics.DeliveredByClosed + Pumps.Sum(p => p.Delivered);

    public void Add(ConnectionPump pump) => _pumps[pump.ConnectionId] = pump;

    public void Remove(ConnectionPump pump)
    {
        if (_pumps.TryRemove(pump.ConnectionId, out _))
        {
            metrics.ConnectionClosed(pump.Delivered);
        }
    }
}
