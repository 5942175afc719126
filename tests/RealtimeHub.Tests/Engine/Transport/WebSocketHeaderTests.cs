using RealtimeHub.Engine.Transport;

namespace RealtimeHub.Tests.Engine.Transport;

public class WebSocketHeaderTests
{
    // RFC 6455, section 5.2: the shortest of the three forms of a length.
    [Theory]
    [InlineData(0, false, "8100")]
    [InlineData(125, false, "817D")]
    [InlineData(126, false, "817E007E")]
    [InlineData(65_535, true, "827EFFFF")]
    [InlineData(65_536, true, "827F0000000000010000")]
    public void Write_takes_the_shortest_form_of_a_length(int length, bool isBinary, string expected)
    {
        var header = new byte[WebSocketHeader.MaxLength];

        var written = WebSocketHeader.Write(header, length, isBinary);

        Assert.Equal(expected, Convert.ToHexString(header.AsSpan(0, written)));
    }
}
