using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Client.Accounting;

/// <summary>The books of one epoch of one channel: every offset after the start is received, skipped, lost, or open.</summary>
/// <remarks>
/// An announced skip counts as accounted for once the notices explain every hole in its range, or once the server says
/// that it has announced everything. Used only under the lock of a <see cref="Coverage"/>.
/// </remarks>
internal sealed class EpochLedger(string epoch, long start, int maxRanges = EpochLedger.DefaultMaxRanges)
{
    /// <summary>How many ranges of received offsets are kept; older ones are folded into the totals.</summary>
    public const int DefaultMaxRanges = 65_536;

    private readonly OffsetRanges _covered = [];
    private readonly OffsetRanges _received = [];
    private readonly Dictionary<string, OffsetRanges> _lost = [];
    private readonly Dictionary<string, long> _foldedLost = [];
    private readonly Dictionary<string, long> _skipped = [];
    private readonly SkipAnnouncements _announced = new();

    private long _start = start;
    private long _highest = start;
    private long _confirmed = start;
    private long _foldedTo = long.MinValue;
    private long _foldedReceived;
    private long _unexplained;
    private long _duplicates;

    public string Epoch { get; } = epoch;

    /// <summary>The end of the contiguous accounted offsets after the start: resuming here misses nothing.</summary>
    public long AccountedUpTo => _covered.EndOfRangeAt(_start + 1) ?? _start;

    private IEnumerable<OffsetRange> AllLost => _lost.Values.SelectMany(l => l);

    /// <summary>Books a frame; false when it came before.</summary>
    public bool Receive(long offset)
    {
        if ((offset <= _foldedTo && _covered.Contains(offset)) || !_received.Add(offset))
        {
            _duplicates++;
            return false;
        }

        if (!_covered.Add(offset))
        {
            foreach (var lost in _lost.Values)
            {
                lost.Remove(offset, offset);
            }
        }

        _highest = Math.Max(_highest, offset);
        SettleIfExplained();
        FoldIfLarge();
        return true;
    }

    /// <summary>Books a loss; what was received or skipped before stays so.</summary>
    public void Lose(long from, long to, string reason)
    {
        if (!_lost.TryGetValue(reason, out var lost))
        {
            _lost.Add(reason, lost = []);
        }

        foreach (var hole in _covered.Holes(from, to))
        {
            lost.Add(hole.From, hole.To);
        }

        _covered.Add(from, to);
        _highest = Math.Max(_highest, to);
        SettleIfExplained();
    }

    /// <summary>Books an announced skip: <paramref name="count"/> of the offsets in the range.</summary>
    public void Skip(long from, long to, long count, string reason)
    {
        _announced.Add(from, to, count, reason, _covered);
        _highest = Math.Max(_highest, to);
        SettleIfExplained();
    }

    /// <summary>Books what is open up to here as conflated.</summary>
    public void Supersede(long upTo)
    {
        var count = Open(_start + 1, upTo);
        if (count > 0)
        {
            _skipped[SkipReasons.Conflated] = _skipped.GetValueOrDefault(SkipReasons.Conflated) + count;
            _covered.Add(_start + 1, upTo);
        }
    }

    /// <summary>The server says that everything up to here was sent or announced.</summary>
    public void Confirm(long upTo, long newest)
    {
        if (!_announced.IsEmpty)
        {
            _unexplained += _announced.Unexplained(_covered);
            _announced.MoveTo(_covered, _skipped);
        }

        _confirmed = Math.Max(_confirmed, upTo);
        _highest = Math.Max(_highest, Math.Max(upTo, newest));
    }

    /// <summary>The subscription goes on after <paramref name="sequence"/>; what came after that is sent and announced again.</summary>
    /// <param name="sequence">The position that the server goes on from.</param>
    /// <param name="lossReason">Why the offsets between the accounted ones and the position do not come; null when they were sent before.</param>
    public void Rejoin(long sequence, string? lossReason)
    {
        // Further patterns are granted at the place where the subscription stands: what is announced up to there stays so.
        if (lossReason is not null || sequence <= AccountedUpTo)
        {
            _announced.Clear();
        }

        if (sequence < _start)
        {
            _start = sequence;
        }
        else if (lossReason is not null && sequence > AccountedUpTo)
        {
            Lose(AccountedUpTo + 1, sequence, lossReason);
        }
    }

    public OffsetState StateOf(long offset) => offset switch
    {
        _ when offset <= _foldedTo && _covered.Contains(offset) => OffsetState.Folded,
        _ when _received.Contains(offset) => OffsetState.Received,
        _ when _lost.Values.Any(l => l.Contains(offset)) => OffsetState.Lost,
        _ when offset <= _start => OffsetState.NotAsked,
        _ when _covered.Contains(offset) => OffsetState.Skipped,
        _ when offset <= _confirmed => OffsetState.Missing,
        _ => OffsetState.Pending,
    };

    /// <summary>The offsets in one state.</summary>
    public OffsetRanges Ranges(OffsetState state)
    {
        var ranges = new OffsetRanges();
        ranges.UnionWith(state switch
        {
            OffsetState.Received => _received,
            OffsetState.Lost => AllLost,
            OffsetState.Skipped or OffsetState.Folded => _covered,
            OffsetState.Missing => _covered.Holes(_start + 1, _confirmed),
            OffsetState.Pending => _covered.Holes(Math.Max(_start, _confirmed) + 1, _highest),
            _ => [],
        });
        if (state == OffsetState.Skipped)
        {
            ranges.ExceptWith(_received);
            ranges.ExceptWith(AllLost);
            ranges.Remove(long.MinValue, Math.Max(_start, _foldedTo));
        }
        else if (state == OffsetState.Folded)
        {
            ranges.Remove(_foldedTo + 1, long.MaxValue);
        }

        return ranges;
    }

    public CoverageTotals Totals() => new()
    {
        Received = _received.OffsetCount + _foldedReceived,
        Duplicates = _duplicates,
        Skipped = new Dictionary<string, long>(_skipped),
        Lost = _lost.ToDictionary(l => l.Key, l => l.Value.OffsetCount + _foldedLost.GetValueOrDefault(l.Key)),
        Missing = Open(_start + 1, _confirmed) + _unexplained,
        Pending = Open(Math.Max(_start, _confirmed) + 1, _highest),
    };

    private long Open(long from, long to) => from > to ? 0 : to - from + 1 - _covered.CountIn(from, to);

    private void SettleIfExplained()
    {
        if (!_announced.IsEmpty && _announced.Unexplained(_covered) == 0)
        {
            _announced.MoveTo(_covered, _skipped);
        }
    }

    // Frames between skipped ones are a range each, without end. Of old ones, only how many there were is kept.
    private void FoldIfLarge()
    {
        if (_received.Count <= maxRanges)
        {
            return;
        }

        _foldedTo = _received[maxRanges / 2].To;
        _foldedReceived += _received.Remove(long.MinValue, _foldedTo);
        foreach (var (reason, lost) in _lost)
        {
            _foldedLost[reason] = _foldedLost.GetValueOrDefault(reason) + lost.Remove(long.MinValue, _foldedTo);
        }
    }
}
