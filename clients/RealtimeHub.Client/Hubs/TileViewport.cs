using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Hubs;

/// <summary>The tiles <c>z/x/y</c> that a map has in view, each a subscription of its own. One call says which they are; those that it names no more end.</summary>
/// <remarks>Thread-safe. After a reconnect the tiles are asked for together, and one that shows the same does not come again.</remarks>
public sealed class TileViewport : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Subscription> _tiles = [];
    private readonly Dictionary<string, string> _known = [];
    private readonly HubLink _link;
    private readonly TrackTilesRequest _request;
    private readonly Func<string, StreamItem, CancellationToken, ValueTask> _handler;
    private readonly Func<Subscription, Task> _start;
    private (HubSession Session, Task<TrackTilesResult> Answer)? _asked;

    internal TileViewport(
        HubLink link, TrackTilesRequest request, Func<string, StreamItem, CancellationToken, ValueTask> handler, Func<Subscription, Task> start)
    {
        _link = link;
        _request = request;
        _handler = handler;
        _start = start;
    }

    /// <summary>The tiles in view that the server has granted or is being asked for.</summary>
    public IReadOnlyList<string> Tiles
    {
        get
        {
            lock (_gate)
            {
                return [.. _tiles.Keys];
            }
        }
    }

    /// <summary>The subscription of a tile in view; null if there is none.</summary>
    public Subscription? Find(string tile)
    {
        lock (_gate)
        {
            return _tiles.GetValueOrDefault(tile);
        }
    }

    /// <summary>Shows these tiles and no others; completes when each has started or was refused.</summary>
    /// <param name="tiles">The tiles <c>z/x/y</c>.</param>
    /// <param name="cancellationToken">Ends the wait; the tiles stay in view.</param>
    /// <returns>The refusals, by tile.</returns>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses the connection.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses the whole of it.</exception>
    public async Task<IReadOnlyDictionary<string, ProtocolError>> ShowAsync(IReadOnlyCollection<string> tiles, CancellationToken cancellationToken = default)
    {
        var added = await ReplaceAsync(tiles).ConfigureAwait(false);
        if (added.Count == 0 && _link.Session is { } session)
        {
            await TellAsync(session, cancellationToken).ConfigureAwait(false);
        }

        var answers = await Task.WhenAll(added.Select(a => StartAsync(a.Key, a.Value))).WaitAsync(cancellationToken).ConfigureAwait(false);
        return answers.OfType<(string Tile, ProtocolError Error)>().ToDictionary(a => a.Tile, a => a.Error);
    }

    /// <summary>Lets every tile go.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(Subscription.DisposeLimit, _link.Time);
        try
        {
            await ShowAsync([], limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The connection is dead or as good as dead; the tiles end with it.
        }
    }

    private async Task TellAsync(HubSession session, CancellationToken cancellationToken)
    {
        try
        {
            var result = await AskAsync(session).WaitAsync(cancellationToken).ConfigureAwait(false);
            ProtocolErrorException.ThrowIf(result.Error);
        }
        catch (RealtimeConnectionException)
        {
            // The next session is asked for what is in view then.
        }
    }

    // The server ends what is out of view when it hears of those that are left.
    private async Task<Dictionary<string, Subscription>> ReplaceAsync(IReadOnlyCollection<string> tiles)
    {
        var added = new Dictionary<string, Subscription>();
        List<(string Tile, Subscription Subscription)> gone;
        lock (_gate)
        {
            foreach (var (tile, ended) in _tiles.Where(t => t.Value.Completion.IsCompleted).ToList())
            {
                Forget(tile, ended);
            }

            gone = [.. _tiles.Where(t => !tiles.Contains(t.Key)).Select(t => (t.Key, t.Value))];
            foreach (var tile in tiles.Where(t => !_tiles.ContainsKey(t)))
            {
                added[tile] = _tiles[tile] = Subscribe(tile);
            }

            _asked = null;
        }

        foreach (var (tile, subscription) in gone)
        {
            Forget(tile, subscription);
            _link.Subscriptions.Remove(subscription);
            await subscription.EndAsync(null, new OperationCanceledException($"The tile {tile} is not in view any more.")).ConfigureAwait(false);
        }

        return added;
    }

    private Subscription Subscribe(string tile)
    {
        Subscription? self = null;
        return self = new Subscription(
            _link,
            async (session, _, _) => await AskAsync(session, tile).ConfigureAwait(false),
            new SubscribeTilesRequest { Id = $"{_request.Id}/{tile}" },
            (item, cancellationToken) => HandleAsync(tile, self!, item, cancellationToken),
            isOfTheNewest: true);
    }

    private async Task<(string Tile, ProtocolError Error)?> StartAsync(string tile, Subscription subscription)
    {
        try
        {
            await _start(subscription).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (Find(tile) != subscription)
        {
            return null;
        }
        catch (ProtocolErrorException e)
        {
            return Forget(tile, subscription) ? (tile, e.Error) : null;
        }
        catch
        {
            Forget(tile, subscription);
            throw;
        }
    }

    private ValueTask HandleAsync(string tile, Subscription subscription, StreamItem item, CancellationToken cancellationToken)
    {
        if (item.Frame?.Checksums is { } checksums)
        {
            lock (_gate)
            {
                _known[tile] = checksums.Multihash;
            }
        }
        else if (item.Kind is StreamItemKinds.End or StreamItemKinds.Error)
        {
            Forget(tile, subscription);
        }

        return _handler(tile, item, cancellationToken);
    }

    private bool Forget(string tile, Subscription subscription)
    {
        lock (_gate)
        {
            if (_tiles.GetValueOrDefault(tile) != subscription)
            {
                return false;
            }

            _known.Remove(tile);
            return _tiles.Remove(tile);
        }
    }

    // The start itself is pushed.
    private async Task<SubscribeResult> AskAsync(HubSession session, string tile)
    {
        var result = await AskAsync(session).ConfigureAwait(false);
        return new SubscribeResult { Error = result.Error ?? result.Refused?.GetValueOrDefault(tile) };
    }

    // The first tile that joins a session asks for all of them.
    private Task<TrackTilesResult> AskAsync(HubSession session)
    {
        lock (_gate)
        {
            if (_asked is not { } asked || asked.Session != session)
            {
                var request = _request with { Tiles = [.. _tiles.Keys], Known = new Dictionary<string, string>(_known) };
                _asked = asked = (session, session.InvokeAsync<TrackTilesResult>(nameof(IClimateHub.TrackTiles), [request], CancellationToken.None));
            }

            return asked.Answer;
        }
    }
}
