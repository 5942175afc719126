using RealtimeHub.Server.Limits;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Limits;

public class PaceTests
{
    private static readonly PaceLimit Limit = new("calls", 10, TimeSpan.FromSeconds(1), 3);

    [Fact]
    public void TryTake_gives_a_burst_and_then_one_per_interval()
    {
        var clock = new ManualTimeProvider();
        var pace = new Pace();

        var burst = Enumerable.Range(0, 4).Select(_ => pace.TryTake(Limit, clock.GetUtcNow(), out var _)).ToList();
        pace.TryTake(Limit, clock.GetUtcNow(), out var wait);
        clock.Advance(wait);
        var after = pace.TryTake(Limit, clock.GetUtcNow(), out _);
        var more = pace.TryTake(Limit, clock.GetUtcNow(), out _);

        Assert.Equal([true, true, true, false], burst);
        Assert.Equal(TimeSpan.FromMilliseconds(100), wait);
        Assert.True(after);
        Assert.False(more);
    }

    [Fact]
    public void TryTake_decides_alike_for_the_same_requests_at_the_same_times()
    {
        static string Run()
        {
            var clock = new ManualTimeProvider();
            var pace = new Pace();
            var random = new Random(42);
            return string.Concat(Enumerable.Range(0, 500).Select(_ =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(random.Next(150)));
                return pace.TryTake(Limit, clock.GetUtcNow(), out var wait) ? "+" : $"-{wait.Ticks}";
            }));
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void A_table_that_is_full_of_busy_keys_gives_newcomers_one_pace_together()
    {
        var clock = new ManualTimeProvider();
        var table = new PaceTable(clock, maxKeys: 2);
        table.TryTake("a", Limit, out _);
        table.TryTake("b", Limit, out _);

        var newcomers = Enumerable.Range(0, 5).Count(i => table.TryTake($"new {i}", Limit, out _));
        clock.Advance(TimeSpan.FromSeconds(2));
        var later = Enumerable.Range(0, 3).Count(_ => table.TryTake("c", Limit, out var _));

        Assert.Equal(3, newcomers);
        Assert.Equal(3, later);
    }
}
