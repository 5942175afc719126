using System.Text;
using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Tests.Server.Hubs.Events.Schema;

public class JsonTextCheckTests
{
    [Theory]
    [InlineData("""{"a":1}""", true)]
    [InlineData(""" "\"\\\n\u00e9 é 😀" """, true)]
    [InlineData(""" "\ud83d\ude00" """, true)]
    [InlineData(""" "\\ud83d" """, true)]
    [InlineData(""" "\ud83d" """, false)]
    [InlineData(""" "\ude00" """, false)]
    [InlineData(""" "\ud83d\\ude00" """, false)]
    [InlineData(""" "\ud83d\ud83d" """, false)]
    [InlineData(""" "\uD83Dx" """, false)]
    public void IsUnicode_finds_half_surrogate_pairs(string json, bool expected) =>
        Assert.Equal(expected, JsonTextCheck.IsUnicode(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void IsUnicode_refuses_bytes_that_are_not_utf8() => Assert.False(JsonTextCheck.IsUnicode([(byte)'"', 0xC3, 0x28, (byte)'"']));
}
