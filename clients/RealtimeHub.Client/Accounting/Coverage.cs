using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Accounting;

/// <summary>The books of one subscription: which offsets of its channel came, were withheld, were lost, or are still open.</summary>
/// <remarks>
/// Thread-safe. A change of epoch starts new books and keeps the totals of the old ones. Ranges merge, and beyond 65,536
/// ranges of received frames the older half is folded into the totals, so the books stay small whatever is received.
/// </remarks>
public sealed class Coverage
{
    private const int MaxPastEpochs = 16;

    private readonly Lock _gate = new();
    private readonly Queue<string> _pastEpochs = new();
    private CoverageTotals _past = new();
    private EpochLedger? _ledger;

    /// <summary>The end of the contiguous offsets that came or were announced: resuming here misses nothing. Null before the subscription has started.</summary>
    public StreamPosition? AccountedUpTo
    {
        get
        {
            lock (_gate)
            {
                return _ledger is null ? null : new StreamPosition(_ledger.Epoch, _ledger.AccountedUpTo);
            }
        }
    }

    /// <summary>Whether everything up to the server's last word came or was announced. False must never happen.</summary>
    public bool IsComplete => Totals().Missing == 0;

    /// <summary>The totals over all epochs.</summary>
    public CoverageTotals Totals()
    {
        lock (_gate)
        {
            return _ledger is null ? _past : _past.Plus(_ledger.Totals());
        }
    }

    /// <summary>What is known of one offset of the current epoch.</summary>
    public OffsetState StateOf(long offset)
    {
        lock (_gate)
        {
            return _ledger?.StateOf(offset) ?? OffsetState.NotAsked;
        }
    }

    /// <summary>The offsets of the current epoch that are in one state, in order.</summary>
    public IReadOnlyList<OffsetRange> Ranges(OffsetState state)
    {
        lock (_gate)
        {
            return _ledger?.Ranges(state) ?? [];
        }
    }

    internal void Book(Subscribed subscribed)
    {
        lock (_gate)
        {
            if (_ledger?.Epoch != subscribed.Epoch || subscribed.Reason == RecoveryReasons.Future)
            {
                Begin(subscribed.Epoch, subscribed.Sequence);
            }
            else
            {
                _ledger.Rejoin(subscribed.Sequence, subscribed.Recovered ? null : subscribed.Reason);
            }
        }
    }

    /// <summary>Books a frame; false when it came before.</summary>
    internal bool Book(FrameEnvelope frame)
    {
        lock (_gate)
        {
            return LedgerOf(frame.Epoch, frame.Sequence)?.Receive(frame.Sequence) ?? false;
        }
    }

    internal void Book(Gap gap)
    {
        lock (_gate)
        {
            LedgerOf(gap.Epoch, gap.From)?.Lose(gap.From, gap.To, gap.Reason);
        }
    }

    internal void Book(Skipped skipped)
    {
        lock (_gate)
        {
            LedgerOf(skipped.Epoch, skipped.From)?.Skip(skipped.From, skipped.To, skipped.Count, skipped.Reason);
        }
    }

    /// <summary>What is open up to here is not asked for any more, because only the newest counts.</summary>
    internal void Supersede(string epoch, long upTo)
    {
        lock (_gate)
        {
            if (_ledger?.Epoch == epoch)
            {
                _ledger.Supersede(upTo);
            }
        }
    }

    /// <summary>The server says that everything up to here was sent or announced.</summary>
    internal void Confirm(string epoch, long upTo, long newest)
    {
        lock (_gate)
        {
            if (_ledger?.Epoch == epoch)
            {
                _ledger.Confirm(upTo, newest);
            }
        }
    }

    /// <summary>Books one item of a stream; false when it is a frame that came before.</summary>
    internal bool Book(StreamItem item)
    {
        switch (item)
        {
            case { Frame: { } frame }:
                return Book(frame);
            case { Subscribed: { } subscribed }:
                Book(subscribed);
                return true;
            case { Gap: { } gap }:
                Book(gap);
                return true;
            case { Skipped: { } skipped }:
                Book(skipped);
                return true;
            case { End: { } end }:
                Confirm(end.Epoch, end.Offset, end.Offset);
                return true;
            default:
                return true;
        }
    }

    // A frame or notice of an unknown epoch begins new books even when nobody announced it; one of a past epoch is late.
    private EpochLedger? LedgerOf(string epoch, long offset)
    {
        if (_ledger?.Epoch == epoch)
        {
            return _ledger;
        }

        return _pastEpochs.Contains(epoch) ? null : Begin(epoch, offset - 1);
    }

    private EpochLedger Begin(string epoch, long start)
    {
        if (_ledger is not null)
        {
            _past = _past.Plus(_ledger.Totals() with { Pending = 0, EpochChanges = 1 });
            if (_ledger.Epoch != epoch)
            {
                _pastEpochs.Enqueue(_ledger.Epoch);
            }

            if (_pastEpochs.Count > MaxPastEpochs)
            {
                _pastEpochs.Dequeue();
            }
        }

        return _ledger = new EpochLedger(epoch, start);
    }
}
