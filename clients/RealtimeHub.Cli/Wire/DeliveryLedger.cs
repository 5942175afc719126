namespace RealtimeHub.Cli.Wire;

/// <summary>Books of one subscription, made from bare pushes: every offset is received, lost with a notice, withheld with a notice, or missing.</summary>
internal sealed class DeliveryLedger
{
    private readonly SortedSet<long> _received = [];
    private readonly List<(long From, long To, long Count)> _gaps = [];
    private readonly List<(long From, long To, long Count)> _skips = [];
    private readonly List<string> _faults = [];
    private long _start = -1;
    private long _reached;

    /// <summary>Offsets that came.</summary>
    public IReadOnlySet<long> Received => _received;

    public long Lost => _gaps.Sum(g => g.Count);

    public long Skipped => _skips.Sum(s => s.Count);

    /// <summary>Frames that came twice or out of order, and notices that do not fit.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Where the subscription started.</summary>
    public long Start => _start;

    /// <summary>Reads what came for one channel, in order.</summary>
    public static DeliveryLedger Of(IEnumerable<WirePush> pushes, string channel, string frameTarget)
    {
        var ledger = new DeliveryLedger();
        foreach (var push in pushes.Where(p => p.Text("channel") == channel))
        {
            ledger.Take(push, frameTarget);
        }

        return ledger;
    }

    /// <summary>Offsets after the start, up to and with this one, of which nothing was said.</summary>
    public IReadOnlyList<long> Missing(long upTo)
    {
        var missing = new List<long>();
        for (var offset = _start + 1; offset <= upTo; offset++)
        {
            if (!_received.Contains(offset) && !_gaps.Exists(g => g.From <= offset && offset <= g.To) && !_skips.Exists(s => s.From <= offset && offset <= s.To))
            {
                missing.Add(offset);
            }
        }

        return missing;
    }

    /// <summary>What is wrong with the books up to an offset; null when nothing is.</summary>
    public string? Complaint(long upTo)
    {
        if (_faults.Count > 0)
        {
            return _faults[0];
        }

        if (Missing(upTo) is [var first, ..] missing)
        {
            return $"{missing.Count} frame(s) neither came nor were announced, the first is {first}.";
        }

        foreach (var (from, to, count) in _skips)
        {
            var absent = to - from + 1 - _received.GetViewBetween(from, to).Count;
            if (absent != count)
            {
                return $"Skipped says {count} of {from} to {to}, but {absent} did not come.";
            }
        }

        return null;
    }

    private void Take(WirePush push, string frameTarget)
    {
        if (push.Target == frameTarget)
        {
            Receive(push.Sequence);
        }
        else if (push.Target == "Subscribed")
        {
            _start = _start < 0 ? push.Sequence : _start;
            _reached = push.Sequence;
        }
        else if (push.Target == "Gap")
        {
            var (from, to, count) = (push.Number("from"), push.Number("to"), push.Number("count"));
            _gaps.Add((from, to, count));
            if (from <= _reached || count != to - from + 1)
            {
                _faults.Add($"The gap {from} to {to} ({count}) does not stand in its place after {_reached}.");
            }

            _reached = Math.Max(_reached, to);
        }
        else if (push.Target == "Skipped")
        {
            _skips.Add((push.Number("from"), push.Number("to"), push.Number("count")));
        }
    }

    private void Receive(long sequence)
    {
        if (!_received.Add(sequence))
        {
            _faults.Add($"Frame {sequence} came twice.");
        }
        else if (sequence <= _reached)
        {
            _faults.Add($"Frame {sequence} came after {_reached}.");
        }

        _reached = Math.Max(_reached, sequence);
    }
}
