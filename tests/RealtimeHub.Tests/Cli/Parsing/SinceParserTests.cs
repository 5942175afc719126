using RealtimeHub.Cli.Parsing;

namespace RealtimeHub.Tests.Cli.Parsing;

public class SinceParserTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("90s", "2026-01-01T23:58:30Z")]
    [InlineData("10m", "2026-01-01T23:50:00Z")]
    [InlineData("1.5h", "2026-01-01T22:30:00Z")]
    [InlineData("1d", "2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T12:00:00+02:00", "2026-01-01T10:00:00Z")]
    public void TryParse_reads_instants_and_durations(string text, string expected)
    {
        Assert.True(SinceParser.TryParse(text, Now, out var since));

        Assert.Equal(DateTimeOffset.Parse(expected), since);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("-10m")]
    [InlineData("m")]
    [InlineData("99999999d")]
    [InlineData("soon")]
    public void TryParse_refuses_the_rest(string text) => Assert.False(SinceParser.TryParse(text, Now, out _));
}
