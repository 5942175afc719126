using System.Buffers;
using System.Text;
using System.Text.Json;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Tests.Protocol.MessagePack;

// The bytes follow the tables of formats of the MessagePack specification.
public class FormatVectorTests
{
    private static readonly MessagePackLimits Limits = new(64, 1 << 20, 1 << 16);

    public static TheoryData<string, string> Shortest => new()
    {
        { "null", "c0" }, { "false", "c2" }, { "true", "c3" },
        { "0", "00" }, { "127", "7f" }, { "128", "cc80" }, { "255", "ccff" }, { "256", "cd0100" }, { "65535", "cdffff" },
        { "65536", "ce00010000" }, { "4294967295", "ceffffffff" }, { "4294967296", "cf0000000100000000" },
        { "9007199254740993", "cf0020000000000001" }, { "9223372036854775807", "cf7fffffffffffffff" }, { "18446744073709551615", "cfffffffffffffffff" },
        { "-1", "ff" }, { "-32", "e0" }, { "-33", "d0df" }, { "-128", "d080" }, { "-129", "d1ff7f" }, { "-32768", "d18000" },
        { "-32769", "d2ffff7fff" }, { "-2147483648", "d280000000" }, { "-2147483649", "d3ffffffff7fffffff" }, { "-9223372036854775808", "d38000000000000000" },
        { "1.5", "cb3ff8000000000000" }, { "-0.1", "cbbfb999999999999a" },
        { "\"\"", "a0" }, { "\"a\"", "a161" }, { "\"é€\"", "a5c3a9e282ac" }, { "[]", "90" }, { "[1,[2]]", "92019102" },
        { "{}", "80" }, { "{\"a\":{\"b\":[true,null]}}", "81a16181a16292c3c0" },
    };

    public static TheoryData<string, string> Longer => new()
    {
        { "cc01", "1" }, { "cd0001", "1" }, { "ce00000001", "1" }, { "cf0000000000000001", "1" }, { "d001", "1" }, { "d3ffffffffffffffff", "-1" },
        { "ca3fc00000", "1.5" }, { "d90161", "\"a\"" }, { "da000161", "\"a\"" }, { "db0000000161", "\"a\"" },
        { "c403010203", "\"AQID\"" }, { "c50003010203", "\"AQID\"" }, { "c600000003010203", "\"AQID\"" },
        { "dc000101", "[1]" }, { "dd0000000101", "[1]" }, { "de0001a16101", "{\"a\":1}" }, { "df00000001a16101", "{\"a\":1}" },
        { "d6ff00000001", "\"1970-01-01T00:00:01.000Z\"" }, { "d7ff77359400676f2200", "\"2024-12-27T21:54:08.500Z\"" },
        { "c70cff00000000ffffffffffffffff", "\"1969-12-31T23:59:59.000Z\"" }, { "cb7ff8000000000000", "\"NaN\"" },
    };

    [Theory]
    [MemberData(nameof(Shortest))]
    public void P221_values_are_written_in_their_shortest_format_and_read_again(string json, string bytes)
    {
        var writer = new MessagePackWriter();
        JsonToMessagePack.Write(Encoding.UTF8.GetBytes(json), writer);

        Assert.Equal(bytes, Convert.ToHexStringLower(writer.Written));
        Assert.Equal(json, Read(bytes));
    }

    [Theory]
    [MemberData(nameof(Longer))]
    public void P222_values_are_read_in_every_format_that_holds_them(string bytes, string json) => Assert.Equal(json, Read(bytes));

    [Theory]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db00010000")]
    public void P221_texts_have_the_shortest_head(int length, string head)
    {
        var writer = new MessagePackWriter();
        writer.WriteString(new string('x', length));

        Assert.Equal(head, Convert.ToHexStringLower(writer.Written[..^length]));
        Assert.Equal(length + 2, Read(Convert.ToHexStringLower(writer.Written)).Length);
    }

    [Theory]
    [InlineData(255, "c4ff")]
    [InlineData(256, "c50100")]
    [InlineData(65536, "c600010000")]
    public void P221_bytes_have_the_shortest_head(int length, string head)
    {
        var writer = new MessagePackWriter();
        writer.WriteBytes(new byte[length]);

        Assert.Equal(head, Convert.ToHexStringLower(writer.Written[..^length]));
    }

    [Theory]
    [InlineData(15, "9f")]
    [InlineData(16, "dc0010")]
    [InlineData(65535, "dcffff")]
    [InlineData(65536, "dd00010000")]
    public void P221_arrays_have_the_shortest_head(int count, string head)
    {
        var writer = new MessagePackWriter();
        JsonToMessagePack.Write(JsonSerializer.SerializeToUtf8Bytes(new int[count]), writer);

        Assert.Equal(head, Convert.ToHexStringLower(writer.Written[..^count]));
    }

    [Theory]
    [InlineData("c1")]
    [InlineData("")]
    [InlineData("cd01")]
    [InlineData("a261")]
    [InlineData("a1ff")]
    [InlineData("93 01 02")]
    [InlineData("ddffffffff")]
    [InlineData("dfffffffff")]
    [InlineData("dbffffffff61")]
    [InlineData("c6ffffffff00")]
    [InlineData("c9ffffffff0000")]
    [InlineData("81 a1 61")]
    public void P224_what_is_no_MessagePack_is_refused_before_anything_is_made_of_it(string bytes)
    {
        var source = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));

        Assert.Throws<InvalidDataException>(() => new MessagePackReader(source, Limits).Skip());
    }

    [Fact]
    public void P224_nesting_has_a_limit()
    {
        byte[] deep = [.. Enumerable.Repeat((byte)0x91, 64), 0x01];
        byte[] deeper = [.. Enumerable.Repeat((byte)0x91, 65), 0x01];
        byte[] deepest = [.. Enumerable.Repeat((byte)0x91, 1_000_000), 0x01];

        new MessagePackReader(deep, Limits).Skip();

        Assert.Throws<InvalidDataException>(() => new MessagePackReader(deeper, Limits).Skip());
        Assert.Throws<InvalidDataException>(() => new MessagePackReader(deepest, Limits).Skip());
    }

    [Theory]
    [InlineData("8101a161")]
    [InlineData("c7010500")]
    [InlineData("d4ff00")]
    [InlineData("c70cff3b9aca000000000000000000")]
    public void P222_what_has_no_meaning_in_the_contract_fails_the_call_only(string bytes)
    {
        new MessagePackReader(Convert.FromHexString(bytes), Limits).Skip();

        Assert.Throws<JsonException>(() => Read(bytes));
    }

    private static string Read(string bytes)
    {
        var output = new ArrayBufferWriter<byte>();
        MessagePackToJson.Write(Convert.FromHexString(bytes), Limits, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
