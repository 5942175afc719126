using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Tests.Engine.Cursors;

/// <summary>A subscriber's books: each offset is received, lost, or withheld, once. Fails on whatever contradicts them.</summary>
internal sealed class Ledger(long start)
{
    private readonly HashSet<long> _accounted = [];
    private long _start = start;
    private long _last = start;
    private long _lastLost;

    public int Received { get; private set; }

    public int Lost { get; private set; }

    public int Withheld { get; private set; }

    public void Book(Delivery delivery)
    {
        switch (delivery)
        {
            case { Frame: { } frame }:
                Take(frame.Offset);
                Received++;
                break;
            case { Notice: Gap gap }:
                Assert.Equal(gap.To - gap.From + 1, gap.Count);
                for (var offset = gap.From; offset <= gap.To; offset++)
                {
                    Take(offset);
                    Lost++;
                }

                _lastLost = gap.To;
                break;
            case { Notice: Skipped skipped }:
                Book(skipped);
                break;
            case { Notice: Subscribed { Recovered: true, Sequence: var sequence } }:
                _accounted.Clear();
                _start = _last = sequence;
                _lastLost = 0;
                break;
            case { Notice: Subscribed { Sequence: var sequence } }:
                // It stays where it is: nothing before may be open.
                IsCompleteUpTo(sequence);
                break;
            case { Notice: Unsubscribed { Sequence: var sequence } }:
                IsCompleteUpTo(sequence);
                break;
            case { Notice: Restored { Sequence: var sequence } }:
                Assert.True(sequence >= _last, $"Restored at {sequence} after {_last}.");
                break;
        }
    }

    /// <summary>What a heartbeat promises: everything up to a position has been told.</summary>
    public void IsCompleteUpTo(long position)
    {
        for (var offset = _start + 1; offset <= position; offset++)
        {
            Assert.True(_accounted.Contains(offset), $"Nothing was told of {offset}, though everything up to {position} should be.");
        }
    }

    // Withheld are exactly those offsets of the range that were not received or lost.
    private void Book(Skipped skipped)
    {
        Assert.True(skipped.From > Math.Max(_start, _lastLost), $"{skipped} reaches over the start {_start} or a gap up to {_lastLost}.");
        var withheld = 0;
        for (var offset = skipped.From; offset <= skipped.To; offset++)
        {
            withheld += _accounted.Add(offset) ? 1 : 0;
        }

        Assert.Equal(skipped.Count, withheld);
        Withheld += withheld;
        _last = Math.Max(_last, skipped.To);
    }

    private void Take(long offset)
    {
        Assert.True(offset > _last, $"{offset} came after {_last}.");
        _accounted.Add(offset);
        _last = offset;
    }
}
