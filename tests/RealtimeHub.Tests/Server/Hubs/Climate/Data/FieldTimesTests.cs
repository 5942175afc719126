using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Data;

public class FieldTimesTests
{
    private static readonly DateTimeOffset Start = new(2005, 8, 7, 0, 0, 0, TimeSpan.Zero);
    private static readonly FieldTimes Times = new([Start, Start.AddHours(3), Start.AddHours(9)]);

    [Theory]
    [InlineData(-1, TimeMatch.TooEarly, -1, 0)]
    [InlineData(0, TimeMatch.Exact, 0, 0)]
    [InlineData(1, TimeMatch.Between, 0, 1)]
    [InlineData(3, TimeMatch.Exact, 1, 1)]
    [InlineData(8.9, TimeMatch.Between, 1, 2)]
    [InlineData(9, TimeMatch.Exact, 2, 2)]
    [InlineData(9.1, TimeMatch.TooLate, 2, -1)]
    public void Locate_finds_the_neighbours_and_tells_the_range(double hours, object match, int earlier, int later)
    {
        var location = Times.Locate(Start.AddHours(hours));

        Assert.Equal(new TimeLocation((TimeMatch)match, earlier, later, Start, Start.AddHours(9)), location);
        Assert.Equal((TimeMatch)match is TimeMatch.Exact or TimeMatch.Between, location.IsWithin);
    }

    [Fact]
    public void Step_is_the_shortest() => Assert.Equal(TimeSpan.FromHours(3), Times.Step);

    [Fact]
    public void Times_have_to_ascend()
    {
        Assert.Throws<ArgumentException>(() => new FieldTimes([]));
        Assert.Throws<ArgumentException>(() => new FieldTimes([Start, Start]));
    }
}
