using System.Buffers;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeHub.Tests.Protocol.MessagePack;

// The bytes are those of the SignalR hub protocol's own specification, section MessagePack encoding.
public class SpecificationVectorTests
{
    private static readonly Dictionary<string, string> TwoHeaders = new() { ["x"] = "y", ["z"] = "z" };

    private readonly ProtocolParts _parts = new();

    [Theory]
    [InlineData("96 01 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90", "xyz")]
    [InlineData("96 01 80 c0 a6 6d 65 74 68 6f 64 91 2a 90", null)]
    public void P223_an_invocation_is_as_the_specification_has_it(string bytes, string? id)
    {
        var message = _parts.Read<InvocationMessage>(bytes);

        Assert.Equal((id, "method"), (message.InvocationId, message.Target));
        Assert.Equal([42], message.Arguments);
        Assert.Equal(bytes, _parts.Write(new InvocationMessage(id, "method", [42])));
    }

    [Fact]
    public void P223_an_invocation_with_headers_is_as_the_specification_has_it()
    {
        const string bytes = "96 01 82 a1 78 a1 79 a1 7a a1 7a a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90";

        Assert.Equal(TwoHeaders, _parts.Read<InvocationMessage>(bytes).Headers);
        Assert.Equal(bytes, _parts.Write(new InvocationMessage("xyz", "method", [42]) { Headers = TwoHeaders }));
    }

    [Fact]
    public void P223_a_stream_invocation_is_as_the_specification_has_it()
    {
        const string bytes = "96 04 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90";

        var message = _parts.Read<StreamInvocationMessage>(bytes);

        Assert.Equal(("xyz", "method", null), (message.InvocationId, message.Target, message.StreamIds));
        Assert.Equal(bytes, _parts.Write(new StreamInvocationMessage("xyz", "method", [42])));
    }

    [Fact]
    public void P223_a_stream_item_is_as_the_specification_has_it()
    {
        const string bytes = "94 02 80 a3 78 79 7a 2a";

        Assert.Equal(42, _parts.Read<StreamItemMessage>(bytes).Item);
        Assert.Equal(bytes, _parts.Write(new StreamItemMessage("xyz", 42)));
    }

    [Theory]
    [InlineData("95 03 80 a3 78 79 7a 01 a5 45 72 72 6f 72", "Error", null)]
    [InlineData("94 03 80 a3 78 79 7a 02", null, null)]
    [InlineData("95 03 80 a3 78 79 7a 03 2a", null, 42)]
    public void P223_a_completion_is_as_the_specification_has_it(string bytes, string? error, object? result)
    {
        var message = _parts.Read<CompletionMessage>(bytes);

        Assert.Equal((error, result, result is not null), (message.Error, message.Result, message.HasResult));
        Assert.Equal(bytes, _parts.Write(new CompletionMessage("xyz", error, result, result is not null)));
    }

    [Fact]
    public void P223_a_cancellation_is_as_the_specification_has_it()
    {
        const string bytes = "93 05 80 a3 78 79 7a";

        Assert.Equal("xyz", _parts.Read<CancelInvocationMessage>(bytes).InvocationId);
        Assert.Equal(bytes, _parts.Write(new CancelInvocationMessage("xyz")));
    }

    [Fact]
    public void P223_a_ping_is_exactly_two_bytes()
    {
        Assert.Same(PingMessage.Instance, _parts.Read<PingMessage>("91 06"));
        Assert.Equal("91 06", _parts.Write(PingMessage.Instance));
    }

    [Theory]
    [InlineData("92 07 a3 78 79 7a", "xyz", false)]
    [InlineData("93 07 a3 78 79 7a c3", "xyz", true)]
    [InlineData("92 07 c0", null, false)]
    [InlineData("93 07 c0 c3", null, true)]
    public void P223_a_close_is_read_with_and_without_its_advice(string bytes, string? error, bool allowReconnect)
    {
        var message = _parts.Read<CloseMessage>(bytes);

        Assert.Equal((error, allowReconnect), (message.Error, message.AllowReconnect));
    }

    [Theory]
    [InlineData(null, true, "93 07 c0 c3")]
    [InlineData("xyz", false, "93 07 a3 78 79 7a c2")]
    public void P223_a_close_is_written_with_its_advice(string? error, bool allowReconnect, string bytes) =>
        Assert.Equal(bytes, _parts.Write(new CloseMessage(error, allowReconnect)));

    [Fact]
    public void P223_an_ack_and_a_sequence_are_as_the_specification_has_them()
    {
        Assert.Equal(36, _parts.Read<AckMessage>("92 08 cc 24").SequenceId);
        Assert.Equal(19, _parts.Read<SequenceMessage>("92 09 cc 13").SequenceId);
        Assert.Equal("92 08 cd 05 72", _parts.Write(new AckMessage(1394)));
        Assert.Equal("92 09 13", _parts.Write(new SequenceMessage(19)));
    }

    [Fact]
    public void P223_ids_of_uploads_are_read_and_written()
    {
        const string bytes = "96 01 80 a1 31 a6 6d 65 74 68 6f 64 91 2a 92 a1 61 a1 62";

        Assert.Equal(["a", "b"], _parts.Read<InvocationMessage>(bytes).StreamIds!);
        Assert.Equal(bytes, _parts.Write(new InvocationMessage("1", "method", [42], ["a", "b"])));
    }

    [Fact]
    public void P223_older_clients_send_no_ids_of_uploads() =>
        Assert.Null(_parts.Read<InvocationMessage>("95 01 80 c0 a6 6d 65 74 68 6f 64 91 2a").StreamIds);

    [Fact]
    public void P223_parts_after_those_that_are_known_are_passed_over() =>
        Assert.Equal("xyz", _parts.Read<CancelInvocationMessage>("95 05 80 a3 78 79 7a 81 a1 61 01 c0").InvocationId);

    [Fact]
    public void P223_types_of_messages_that_are_not_known_are_passed_over()
    {
        var input = new ReadOnlySequence<byte>(Convert.FromHexString("03927f2a029106"));

        Assert.True(_parts.Protocol.TryParseMessage(ref input, _parts.Binder, out var message));

        Assert.Same(PingMessage.Instance, message);
        Assert.True(input.IsEmpty);
    }

    // 11 bytes "Hello\nWorld" and 2 bytes 01 02, as in the specification's example of framing.
    [Theory]
    [InlineData(0x35, "35")]
    [InlineData(5248, "8029")]
    [InlineData(11, "0b")]
    public void P223_the_length_in_front_is_as_the_specification_has_it(int length, string prefix)
    {
        var room = new byte[5];

        var start = RealtimeHub.Protocol.MessagePack.LengthPrefix.WriteBefore(room, length);

        Assert.Equal(prefix, Convert.ToHexStringLower(room[start..]));
        var input = new ReadOnlySequence<byte>([.. room[start..], .. new byte[length]]);
        Assert.True(RealtimeHub.Protocol.MessagePack.LengthPrefix.TryCut(ref input, out var message));
        Assert.Equal((length, 0), (message.Length, input.Length));
    }
}
