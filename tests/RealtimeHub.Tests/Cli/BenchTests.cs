using RealtimeHub.Cli.Bench;

namespace RealtimeHub.Tests.Cli;

public class BenchTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    [InlineData(0.999)]
    public void PercentileMs_is_within_a_percent_over_six_orders_of_magnitude(double share)
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 20_000).Select(_ => (long)Math.Pow(10, 1 + (random.NextDouble() * 6))).ToList();
        var histogram = new LatencyHistogram();
        values.ForEach(v => histogram.Record(TimeSpan.FromMicroseconds(v)));

        var exact = values.Order().ElementAt((int)Math.Ceiling(values.Count * share) - 1) / 1000.0;

        Assert.InRange(histogram.PercentileMs(share), exact * 0.999, exact * 1.01);
    }

    [Fact]
    public void PercentileMs_of_few_values_is_one_of_them_and_of_none_is_zero()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal(0, histogram.PercentileMs(0.5));

        histogram.Record(TimeSpan.FromMicroseconds(5));
        histogram.Record(TimeSpan.FromMilliseconds(-1));
        histogram.Record(TimeSpan.FromDays(100));

        Assert.Equal(0, histogram.PercentileMs(0.3));
        Assert.Equal(0.005, histogram.PercentileMs(0.6));
        Assert.Equal(histogram.MaxMs, histogram.PercentileMs(1));
    }

    [Theory]
    [InlineData("bench --connections 0")]
    [InlineData("bench --connections 10001")]
    [InlineData("bench --seconds 601")]
    [InlineData("bench --profile stream --seconds 61")]
    [InlineData("bench fanout --profile stream")]
    [InlineData("bench nonsense")]
    [InlineData("bench --url https://hub.invalid")]
    [InlineData("prove --only nonsense")]
    [InlineData("prove --kill 1")]
    [InlineData("prove nonsense")]
    public async Task Bounds_and_misuse_are_said(string arguments)
    {
        var result = await CliRun.ToEndAsync(new Uri("http://localhost:1"), arguments.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.NotEmpty(result.Error);
    }
}
