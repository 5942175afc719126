using RealtimeHub.Client.Accounting;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Tests.Client.Accounting;

/// <summary>What becomes of one offset on its way to a subscription.</summary>
public enum Fate
{
    Deliver,
    Filter,
    Conflate,
    Lose,

    /// <summary>Swallowed without a word: the fault that the books must find.</summary>
    Swallow,
}

/// <summary>A channel and one subscription to it, as the wire contract says, together with a naive record of what truly happened.</summary>
public sealed class SimulatedChannel(Coverage coverage)
{
    private const string Epoch = "simulated";

    private readonly List<Fate> _log = [];
    private readonly Dictionary<string, SortedSet<long>> _unannounced = [];
    private long _cursor;

    public SortedSet<long> Received { get; } = [];

    public SortedSet<long> Lost { get; } = [];

    public long Newest => _log.Count;

    public IEnumerable<long> WithFate(params Fate[] fates) =>
        Enumerable.Range(1, _log.Count).Where(o => fates.Contains(_log[o - 1])).Select(o => (long)o);

    public Fate FateOf(long offset) => _log[(int)offset - 1];

    public void Start(long at)
    {
        _cursor = at;
        _unannounced.Clear();
        coverage.Book(new Subscribed { Id = "s", Channel = "c", Epoch = Epoch, Sequence = at, Recovered = at > 0 });
    }

    public void Append(Fate fate)
    {
        _log.Add(fate);
        Serve();
    }

    /// <summary>Announces what was withheld: one merged notice per reason, late.</summary>
    public void Announce(string? only = null)
    {
        foreach (var (reason, offsets) in _unannounced.Where(u => only is null || u.Key == only).ToList())
        {
            coverage.Book(new Skipped("c", Epoch, offsets.Min, offsets.Max, offsets.Count, reason));
            _unannounced.Remove(reason);
        }
    }

    public void Heartbeat()
    {
        Announce();
        coverage.Confirm(Epoch, _cursor, Newest);
    }

    /// <summary>The connection breaks, with what was not announced yet, and the client resumes where its books say.</summary>
    public void Reconnect()
    {
        Start(coverage.AccountedUpTo!.Value.Offset);
        while (_cursor < Newest)
        {
            Serve();
        }
    }

    private void Serve()
    {
        var offset = ++_cursor;
        switch (FateOf(offset))
        {
            case Fate.Deliver:
                Assert.Equal(Received.Add(offset), coverage.Book(Frame(offset)));
                break;
            case Fate.Filter:
                Withhold(SkipReasons.Filtered, offset);
                break;
            case Fate.Conflate:
                Withhold(SkipReasons.Conflated, offset);
                break;
            case Fate.Lose:
                coverage.Book(new Gap("c", Epoch, offset, offset, 1, GapReasons.DropOldest));
                Lost.Add(offset);
                break;
        }
    }

    private void Withhold(string reason, long offset)
    {
        if (!_unannounced.TryGetValue(reason, out var offsets))
        {
            _unannounced.Add(reason, offsets = []);
        }

        offsets.Add(offset);
    }

    private static FrameEnvelope Frame(long offset) => new()
    {
        Type = "t",
        Channel = "c",
        Epoch = Epoch,
        Sequence = offset,
        EventId = $"{offset}",
        Timestamp = DateTimeOffset.UnixEpoch,
    };
}
