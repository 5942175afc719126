using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Events;

/// <summary>The plainest books of one stretch of a subscription: from one <c>Subscribed</c> to the next, or to the end.</summary>
internal sealed class DeliveryLedger(long start)
{
    private readonly HashSet<long> _lost = [];
    private readonly List<(long From, long To, long Count)> _skips = [];

    public List<long> Received { get; } = [];

    public long Start { get; } = start;

    /// <summary>The end of what is accounted for without a hole: where a client resumes.</summary>
    public long AccountedUpTo
    {
        get
        {
            var offset = Start;
            while (IsAccounted(offset + 1))
            {
                offset++;
            }

            return offset;
        }
    }

    /// <summary>Splits everything that a probe got into stretches.</summary>
    public static List<DeliveryLedger> Read(IReadOnlyList<HubPush> pushes)
    {
        var ledgers = new List<DeliveryLedger>();
        foreach (var push in pushes)
        {
            switch (push.Target)
            {
                case "Subscribed":
                    ledgers.Add(new DeliveryLedger(push.Sequence));
                    break;
                case "Event":
                    ledgers[^1].Receive(push.Sequence);
                    break;
                case "Gap":
                    ledgers[^1].Lose(push["from"].GetInt64(), push["to"].GetInt64(), push["count"].GetInt64());
                    break;
                case "Skipped":
                    ledgers[^1]._skips.Add((push["from"].GetInt64(), push["to"].GetInt64(), push["count"].GetInt64()));
                    break;
            }
        }

        return ledgers;
    }

    /// <summary>Checks that every offset up to a position is received, lost or skipped, exactly once.</summary>
    public void AssertComplete(long upTo)
    {
        var received = Received.ToHashSet();
        foreach (var (from, to, count) in _skips)
        {
            var withheld = Enumerable.Range((int)from, (int)(to - from + 1)).Count(o => !received.Contains(o));
            Assert.True(withheld == count, $"A skip of {count} in {from}..{to} stands where {withheld} did not come.");
            Assert.DoesNotContain(_lost, o => o >= from && o <= to);
        }

        for (var offset = Start + 1; offset <= upTo; offset++)
        {
            Assert.True(IsAccounted(offset), $"{offset} of {Start}..{upTo} neither came nor was announced.");
        }
    }

    public bool IsSkipped(long offset) => !Received.Contains(offset) && _skips.Exists(s => offset >= s.From && offset <= s.To);

    private bool IsAccounted(long offset) => Received.Contains(offset) || _lost.Contains(offset) || IsSkipped(offset);

    private void Receive(long offset)
    {
        var last = Received.Count > 0 ? Received[^1] : Start;
        Assert.True(offset > last, $"{offset} came after {last}.");
        Assert.True(_lost.Count == 0 || offset > _lost.Max(), $"{offset} came after it was announced as lost, or out of its place.");
        Received.Add(offset);
    }

    private void Lose(long from, long to, long count)
    {
        Assert.Equal(to - from + 1, count);
        Assert.True(from > (Received.Count > 0 ? Received[^1] : Start), $"The gap {from}..{to} is not in its place.");
        for (var offset = from; offset <= to; offset++)
        {
            Assert.True(_lost.Add(offset), $"{offset} was announced as lost twice.");
        }
    }
}
