using RealtimeHub.Client;
using RealtimeHub.Client.Connections;

namespace RealtimeHub.Tests.Client.Connections;

public class BackoffTests
{
    private static readonly RealtimeClientOptions Options = new() { Uri = new Uri("http://localhost"), Random = new HighestRandom() };

    [Fact]
    public void Next_doubles_up_to_the_cap()
    {
        var backoff = new Backoff(Options);

        var delays = Enumerable.Range(0, 8).Select(_ => Math.Round(backoff.Next().TotalSeconds, 1));

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 20, 20], delays);
    }

    [Fact]
    public void Next_never_overflows()
    {
        var backoff = new Backoff(Options);

        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.InRange(backoff.Next(), TimeSpan.Zero, Options.BackoffCap));
    }

    [Fact]
    public void Next_spreads_over_the_whole_range()
    {
        var delays = Enumerable.Range(0, 200).Select(seed => new Backoff(Options with { Random = new Random(seed) }).Next()).ToList();

        Assert.Contains(delays, d => d < TimeSpan.FromMilliseconds(50));
        Assert.Contains(delays, d => d > TimeSpan.FromMilliseconds(450));
    }

    [Fact]
    public void ResetIfHealthy_starts_over_only_after_the_healthy_time()
    {
        var backoff = new Backoff(Options);
        backoff.Next();
        backoff.Next();

        backoff.ResetIfHealthy(TimeSpan.FromSeconds(29));
        Assert.Equal(2, backoff.Attempts);
        backoff.ResetIfHealthy(TimeSpan.FromSeconds(30));

        Assert.Equal(0, backoff.Attempts);
    }

    private sealed class HighestRandom : Random
    {
        public override double NextDouble() => 0.999999999;
    }
}
