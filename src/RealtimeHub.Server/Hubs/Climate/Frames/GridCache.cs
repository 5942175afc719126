namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Whole grids that were computed, so that boxes of one grid and time share one computation. Thread-safe.</summary>
/// <remarks>Holds a number of grids and forgets the one used longest ago. What fails is not kept.</remarks>
internal sealed class GridCache(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, Lazy<Task<GridPlanes>> Grid)>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, Lazy<Task<GridPlanes>> Grid)> _byUse = new();
    private long _asked;
    private long _found;

    /// <summary>The share of requests that were answered from here; 0 before the first.</summary>
    public double HitRatio
    {
        get
        {
            lock (_gate)
            {
                return _asked == 0 ? 0 : (double)_found / _asked;
            }
        }
    }

    /// <summary>The grid of a key, computed once however many ask.</summary>
    public async Task<GridPlanes> GetOrAddAsync(string key, Func<Task<GridPlanes>> compute)
    {
        var grid = Find(key, compute);
        try
        {
            return await grid.Value;
        }
        catch
        {
            Forget(key, grid);
            throw;
        }
    }

    private Lazy<Task<GridPlanes>> Find(string key, Func<Task<GridPlanes>> compute)
    {
        lock (_gate)
        {
            _asked++;
            if (_byKey.TryGetValue(key, out var node))
            {
                _found++;
                _byUse.Remove(node);
                _byUse.AddLast(node);
                return node.Value.Grid;
            }

            var grid = new Lazy<Task<GridPlanes>>(() => Task.Run(compute));
            _byKey[key] = _byUse.AddLast((key, grid));
            if (_byKey.Count > capacity)
            {
                _byKey.Remove(_byUse.First!.Value.Key);
                _byUse.RemoveFirst();
            }

            return grid;
        }
    }

    private void Forget(string key, Lazy<Task<GridPlanes>> grid)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var node) && ReferenceEquals(node.Value.Grid, grid))
            {
                _byKey.Remove(key);
                _byUse.Remove(node);
            }
        }
    }
}
