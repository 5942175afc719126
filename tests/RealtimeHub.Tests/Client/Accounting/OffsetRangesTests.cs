using FsCheck;
using FsCheck.Fluent;
using RealtimeHub.Client.Accounting;

namespace RealtimeHub.Tests.Client.Accounting;

public class OffsetRangesTests
{
    private const int Highest = 60;

    [Fact]
    public void Add_and_Remove_agree_with_a_set_of_numbers()
    {
        var step = Gen.Choose(1, Highest).Two().SelectMany(t => Gen.Elements(true, true, false), (t, add) => (From: Math.Min(t.Item1, t.Item2), To: Math.Max(t.Item1, t.Item2), add));
        var property = Prop.ForAll(Gen.ArrayOf(step).ToArbitrary(), steps =>
        {
            var ranges = new OffsetRanges();
            var naive = new SortedSet<long>();
            foreach (var (from, to, add) in steps)
            {
                var before = naive.Count;
                if (add)
                {
                    naive.UnionWith(Numbers(from, to));
                    Assert.Equal(naive.Count - before, ranges.Add(from, to));
                }
                else
                {
                    naive.ExceptWith(Numbers(from, to));
                    Assert.Equal(before - naive.Count, ranges.Remove(from, to));
                }

                AssertSame(naive, ranges);
            }
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
    }

    [Fact]
    public void Add_keeps_one_range_for_a_run()
    {
        var ranges = new OffsetRanges();

        for (var i = 1; i <= 100_000; i++)
        {
            ranges.Add(i);
        }

        Assert.Equal(new OffsetRange(1, 100_000), Assert.Single(ranges));
    }

    [Fact]
    public void Add_refuses_a_range_that_runs_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OffsetRanges().Add(2, 1));

    private static void AssertSame(SortedSet<long> naive, OffsetRanges ranges)
    {
        Assert.Equal(naive, ranges.SelectMany(r => Numbers(r.From, r.To)));
        Assert.Equal(naive.Count, ranges.OffsetCount);
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.True(pair.First.To + 1 < pair.Second.From));
        Assert.Equal(Numbers(10, 40).Where(n => !naive.Contains(n)), ranges.Holes(10, 40).SelectMany(r => Numbers(r.From, r.To)));
        Assert.Equal(Numbers(10, 40).Count(naive.Contains), ranges.CountIn(10, 40));
        Assert.All(Numbers(0, Highest + 1), n => Assert.Equal(naive.Contains(n), ranges.Contains(n)));
        Assert.All(Numbers(0, Highest + 1), n => Assert.Equal(EndOfRun(naive, n), ranges.EndOfRangeAt(n)));
    }

    private static long? EndOfRun(SortedSet<long> naive, long offset)
    {
        if (!naive.Contains(offset))
        {
            return null;
        }

        while (naive.Contains(offset + 1))
        {
            offset++;
        }

        return offset;
    }

    private static IEnumerable<long> Numbers(long from, long to)
    {
        for (var n = from; n <= to; n++)
        {
            yield return n;
        }
    }
}
