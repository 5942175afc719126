using System.Buffers;
using FsCheck.Fluent;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.MessagePack;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Protocol.MessagePack;

public class HostileInputTests
{
    private const int Runs = 5_000;

    private readonly ProtocolParts _parts = new(typeof(SubscribeEventsRequest));

    [Fact]
    public void P224_random_bytes_end_in_a_message_or_a_refusal() =>
        Properties.Hold(ArbMap.Default.ArbFor<byte[]>(), bytes => ParseAll(bytes), Runs);

    [Fact]
    public void P224_random_bodies_behind_a_true_length_end_in_a_message_or_a_refusal() =>
        Properties.Hold(ArbMap.Default.ArbFor<byte[]>(), bytes => ParseAll(ProtocolParts.Framed(bytes)), Runs);

    [Fact]
    public void P224_a_message_cut_anywhere_waits_for_the_rest()
    {
        foreach (var message in Messages())
        {
            for (var length = 0; length < message.Length; length++)
            {
                var input = new ReadOnlySequence<byte>(message, 0, length);

                Assert.False(_parts.Protocol.TryParseMessage(ref input, _parts.Binder, out _));
                Assert.Equal(length, input.Length);
            }
        }
    }

    [Fact]
    public void P224_a_body_cut_anywhere_is_refused()
    {
        foreach (var message in Messages())
        {
            var body = message.AsSpan(1).ToArray();
            for (var length = 0; length < body.Length; length++)
            {
                var input = new ReadOnlySequence<byte>(ProtocolParts.Framed(body[..length]));

                Assert.Throws<InvalidDataException>(() => _parts.Protocol.TryParseMessage(ref input, _parts.Binder, out _));
            }
        }
    }

    [Fact]
    public void P224_messages_with_changed_bytes_end_in_a_message_or_a_refusal()
    {
        var messages = Messages();
        var changes =
            from message in Gen.Elements(messages)
            from places in Gen.Choose(0, message.Length - 1).ListOf()
            from values in Gen.Choose(0, 255).ListOf()
            select Changed(message, places, values);

        Properties.Hold(changes.ToArbitrary(), bytes => ParseAll(bytes), Runs);
    }

    [Fact]
    public void P223_input_in_pieces_of_any_size_is_read_alike()
    {
        foreach (var message in Messages())
        {
            for (var cut = 1; cut < message.Length; cut++)
            {
                var input = Pieces(message[..cut], message[cut..]);

                Assert.True(_parts.Protocol.TryParseMessage(ref input, _parts.Binder, out var read));
                Assert.Equal(message, _parts.Protocol.GetMessageBytes(read).ToArray());
            }
        }
    }

    [Theory]
    [InlineData("ffffffff0f")]
    [InlineData("ffffffffff")]
    [InlineData("8080808010")]
    public void P224_a_length_above_2_GiB_is_refused(string bytes)
    {
        var input = new ReadOnlySequence<byte>(Convert.FromHexString(bytes));

        Assert.Throws<InvalidDataException>(() => _parts.Protocol.TryParseMessage(ref input, _parts.Binder, out _));
    }

    // Each claims gigabytes in a few bytes, in a place of its own.
    [Theory]
    [InlineData("9601dfffffffff")]
    [InlineData("960180dbffffffff")]
    [InlineData("960180c0a16dddffffffff")]
    [InlineData("960180c0a16d91c6ffffffff")]
    [InlineData("960180c0a16d9190ddffffffff")]
    [InlineData("ddffffffff01")]
    public void P224_hostile_lengths_allocate_nothing(string body)
    {
        var framed = ProtocolParts.Framed(Convert.FromHexString(body));
        ParseAll(framed);

        var before = GC.GetAllocatedBytesForCurrentThread();
        ParseAll(framed);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
    }

    [Fact]
    public void P224_limits_of_length_and_count_hold()
    {
        var protocol = new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { MaxCount = 1024, MaxLength = 1024 }));
        var text = new ReadOnlySequence<byte>(_parts.Protocol.GetMessageBytes(new StreamItemMessage("1", new string('x', 1025))));
        var list = new ReadOnlySequence<byte>(_parts.Protocol.GetMessageBytes(new StreamItemMessage("1", new int[1025])));

        Assert.Throws<InvalidDataException>(() => protocol.TryParseMessage(ref text, _parts.Binder, out _));
        Assert.Throws<InvalidDataException>(() => protocol.TryParseMessage(ref list, _parts.Binder, out _));
    }

    [Theory]
    [InlineData("960180a131a16d9090")]
    [InlineData("960180a131a16d92c0c090")]
    [InlineData("960180a131a16d91a17890")]
    [InlineData("960180a131a16d918101c090")]
    [InlineData("960180a131a16d91d4070090")]
    public void P7_arguments_of_another_shape_fail_the_call_and_not_the_connection(string body)
    {
        var failure = _parts.Read<InvocationBindingFailureMessage>(body);

        Assert.Equal(("1", "m"), (failure.InvocationId, failure.Target));
    }

    [Theory]
    [InlineData("950380a13103a16e")]
    [InlineData("950380a1310381a16101")]
    public void P7_a_result_of_another_shape_fails_its_call_only(string body)
    {
        var completion = Assert.IsType<CompletionMessage>(new ProtocolParts(typeof(int)).Read(Convert.FromHexString(body)));

        Assert.StartsWith("Error trying to deserialize result to Int32.", completion.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void P223_a_result_that_nobody_waits_for_is_passed_over() =>
        Assert.Null(Assert.IsType<CompletionMessage>(new ProtocolParts(typeof(NobodyWaits)).Read(Convert.FromHexString("950380a131032a"))).Result);

    // Whatever comes: messages, a refusal of the protocol's own, or more input is waited for.
    private void ParseAll(byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        try
        {
            while (_parts.Protocol.TryParseMessage(ref input, _parts.Binder, out _))
            {
                // What it is does not matter here.
            }
        }
        catch (InvalidDataException)
        {
            // The protocol's own.
        }
    }

    private byte[][] Messages()
    {
        var request = new SubscribeEventsRequest { Id = "mine", Events = ["alert.*", "camera.?"], Last = 5, Filter = new() { And = [new() { Tag = "severity", Op = "eq", Value = "high" }] } };
        HubMessage[] messages =
        [
            new InvocationMessage("1", "Subscribe", [request], ["2"]) { Headers = new Dictionary<string, string> { ["a"] = "b" } },
            new StreamInvocationMessage("1", "Stream", [request]),
            new StreamItemMessage("1", request),
            new CompletionMessage("1", null, request, hasResult: true),
            new CompletionMessage("1", "It failed.", null, hasResult: false),
            new CancelInvocationMessage("1"),
            new CloseMessage("Gone.", allowReconnect: true),
            new AckMessage(long.MaxValue),
            new SequenceMessage(70_000),
            PingMessage.Instance,
        ];
        return [.. messages.Select(m => _parts.Protocol.GetMessageBytes(m).ToArray()).Where(b => b[0] < 0x80)];
    }

    private static byte[] Changed(byte[] message, IEnumerable<int> places, IEnumerable<int> values)
    {
        var changed = (byte[])message.Clone();
        foreach (var (place, value) in places.Zip(values))
        {
            changed[place] = (byte)value;
        }

        return changed;
    }

    private static ReadOnlySequence<byte> Pieces(byte[] first, byte[] second)
    {
        var head = new Piece(first, 0);
        var tail = head.Then(second);
        return new ReadOnlySequence<byte>(head, 0, tail, second.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, long index) => (Memory, RunningIndex) = (bytes, index);

        public Piece Then(byte[] bytes)
        {
            var next = new Piece(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
