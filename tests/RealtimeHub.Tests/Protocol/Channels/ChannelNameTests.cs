using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Tests.Protocol.Channels;

public class ChannelNameTests
{
    [Theory]
    [InlineData("events", "events", "")]
    [InlineData("  events ", "events", "")]
    [InlineData("job:42", "job", "42")]
    [InlineData("job:a.b_c-d~E", "job", "a.b_c-d~E")]
    [InlineData("team:a:b", "team", "a:b")]
    [InlineData("climate-2:t2m", "climate-2", "t2m")]
    [InlineData("job:...", "job", "...")]
    public void TryParse_takes_a_family_and_parts(string text, string family, string id)
    {
        Assert.True(ChannelName.TryParse(text, out var name, out var reason));

        Assert.Null(reason);
        Assert.Equal((text.Trim(), family, id), (name.Value, name.Family.ToString(), name.Id.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(":")]
    [InlineData(":42")]
    [InlineData("job:")]
    [InlineData("job::42")]
    [InlineData("job:42:")]
    [InlineData("Job:42")]
    [InlineData("job_x:42")]
    [InlineData("job.x")]
    [InlineData("job:.")]
    [InlineData("job:..")]
    [InlineData("job:a:..")]
    [InlineData("job:../etc")]
    [InlineData("job:a/b")]
    [InlineData("job:a\\b")]
    [InlineData("job:%2e%2e")]
    [InlineData("job:a b")]
    [InlineData("job:a\0")]
    [InlineData("job:a\nb")]
    [InlineData("job:ä")]
    [InlineData("job:*")]
    public void TryParse_says_what_is_wrong(string? text)
    {
        Assert.False(ChannelName.TryParse(text, out var name, out var reason));

        Assert.Equal(default, name);
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void TryParse_takes_200_characters_and_no_more()
    {
        Assert.True(ChannelName.TryParse("job:" + new string('a', 196), out _, out _));
        Assert.False(ChannelName.TryParse("job:" + new string('a', 197), out _, out var reason));
        Assert.Contains("201", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_throws_on_a_bad_name() => Assert.Throws<ArgumentException>(() => ChannelName.Parse("job:.."));
}
