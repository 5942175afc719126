using RealtimeHub.Server.Hubs.Climate.Data.Cf;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data.Cf;

public class CfTimeUnitTests
{
    [Theory]
    [InlineData("seconds since 1970-01-01", 1123372800, "2005-08-07T00:00:00Z")]
    [InlineData("minutes since 2005-08-07 00:30", 90, "2005-08-07T02:00:00Z")]
    [InlineData("hours since 1900-01-01 00:00:0.0", 24, "1900-01-02T00:00:00Z")]
    [InlineData("hours since 2005-08-07T00:00:00Z", 1.5, "2005-08-07T01:30:00Z")]
    [InlineData("days since 2005-8-7 00:00:00 UTC", -1, "2005-08-06T00:00:00Z")]
    [InlineData("hours since 2005-08-07 00:00:00 +02:00", 0, "2005-08-06T22:00:00Z")]
    [InlineData("milliseconds since 1970-01-01", 1.0, "1970-01-01T00:00:00.001Z")]
    public void At_counts_from_the_epoch(string units, double value, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), CfTimeUnit.Parse(units)!.Value.At(value));

    [Theory]
    [InlineData("")]
    [InlineData("seconds")]
    [InlineData("months since 1970-01-01")]
    [InlineData("seconds since yesterday")]
    [InlineData("seconds since 1970-13-01")]
    [InlineData("seconds since 1970-01-01; drop")]
    public void Parse_refuses_what_it_does_not_understand(string units) => Assert.Null(CfTimeUnit.Parse(units));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    [InlineData(-1e12)]
    [InlineData(9.3e18)]
    public void At_gives_no_time_beyond_the_calendar(double value) => Assert.Null(CfTimeUnit.Parse("seconds since 1970-01-01")!.Value.At(value));
}
