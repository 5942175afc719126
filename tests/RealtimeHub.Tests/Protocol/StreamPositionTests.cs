using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Tests.Protocol;

public class StreamPositionTests
{
    [Fact]
    public void TryParse_reads_what_ToString_writes()
    {
        var position = new StreamPosition("0123456789abcdef", 42);

        Assert.True(StreamPosition.TryParse(position.ToString(), out var read));
        Assert.Equal(position, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":1")]
    [InlineData("epoch")]
    [InlineData("epoch:")]
    [InlineData("epoch:-1")]
    [InlineData("epoch:1.5")]
    [InlineData("epoch:99999999999999999999")]
    public void TryParse_refuses_what_is_not_a_position(string? text) => Assert.False(StreamPosition.TryParse(text, out _));
}
