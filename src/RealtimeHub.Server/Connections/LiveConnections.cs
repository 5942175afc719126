using System.Collections.Concurrent;

namespace RealtimeHub.Server.Connections;

/// <summary>All hub connections of this node, those that have not shaken hands included. Thread-safe.</summary>
internal sealed class LiveConnections
{
    private readonly ConcurrentDictionary<string, LiveConnection> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _perPrincipal = new(StringComparer.Ordinal);
    private int _count;
    private int _pending;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many have not shaken hands.</summary>
    public int Pending => Volatile.Read(ref _pending);

    public IEnumerable<LiveConnection> All => _connections.Select(c => c.Value);

    public int CountOf(string principal) => _perPrincipal.GetValueOrDefault(principal);

    /// <summary>Takes a connection in, if there may be so many.</summary>
    public bool TryAdd(LiveConnection connection, int max, int maxPerPrincipal, int maxPending)
    {
        var principal = connection.CountedAs;
        var isIn = Interlocked.Increment(ref _count) <= max;
        isIn &= Interlocked.Increment(ref _pending) <= maxPending;
        isIn &= _perPrincipal.AddOrUpdate(principal, 1, static (_, n) => n + 1) <= maxPerPrincipal;
        _connections[connection.ConnectionId] = connection;
        if (!isIn)
        {
            Remove(connection);
        }

        return isIn;
    }

    /// <summary>Notes that a connection has shaken hands, or never will.</summary>
    public void NoLongerPending() => Interlocked.Decrement(ref _pending);

    public void Remove(LiveConnection connection)
    {
        if (!_connections.TryRemove(connection.ConnectionId, out _))
        {
            return;
        }

        Interlocked.Decrement(ref _count);
        if (!connection.Traffic.HasShakenHands)
        {
            NoLongerPending();
        }

        Discount(connection.CountedAs);
    }

    /// <summary>Counts a connection for another principal: who it is was found out after it was opened.</summary>
    public bool TryRebook(LiveConnection connection, string principal, int maxPerPrincipal)
    {
        if (_perPrincipal.AddOrUpdate(principal, 1, static (_, n) => n + 1) > maxPerPrincipal)
        {
            Discount(principal);
            return false;
        }

        Discount(connection.CountedAs);
        connection.CountedAs = principal;
        return true;
    }

    private void Discount(string principal)
    {
        if (_perPrincipal.AddOrUpdate(principal, 0, static (_, n) => n - 1) <= 0)
        {
            _perPrincipal.TryRemove(new KeyValuePair<string, int>(principal, 0));
        }
    }
}
