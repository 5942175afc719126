using RealtimeHub.Server.Hubs.System.Sampling;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public class RatesTests
{
    [Theory]
    [InlineData(100, 150, 5.0, 10.0)]
    [InlineData(100, 100, 5.0, 0.0)]
    [InlineData(100, 50, 5.0, 0.0)]
    [InlineData(0, 50, 0.0, 0.0)]
    [InlineData(0, 1, 3.0, 0.33)]
    public void PerSecond_divides_the_difference_by_the_time(long before, long now, double seconds, double expected) =>
        Assert.Equal(expected, Rates.PerSecond(before, now, TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, 4, 25)]
    [InlineData(5, 4, 100)]
    [InlineData(-1, 4, 0)]
    [InlineData(1, 0, 0)]
    public void Percent_stays_within_0_and_100(double part, double whole, double expected) => Assert.Equal(expected, Rates.Percent(part, whole));

    [Fact]
    public void BusyPercent_is_absent_without_two_different_readings()
    {
        var before = new CpuTicks(100, 1000);

        Assert.Equal(25, Rates.BusyPercent(before, new CpuTicks(150, 1200)));
        Assert.Null(Rates.BusyPercent(before, before));
        Assert.Null(Rates.BusyPercent(null, before));
        Assert.Null(Rates.BusyPercent(before, null));
    }
}
