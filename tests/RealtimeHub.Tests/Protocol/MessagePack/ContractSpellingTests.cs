using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.MessagePack;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Tests.Protocol.MessagePack;

public class ContractSpellingTests
{
    private static readonly DateTimeOffset Instant = new(2026, 11, 21, 2, 19, 1, 77, TimeSpan.Zero);

    private readonly ProtocolParts _parts = new();

    public static TheoryData<string> Names => [.. Values().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void P220_every_value_has_the_same_members_in_both_protocols(string name)
    {
        var value = Values()[name];

        var json = JsonSerializer.SerializeToElement(value, RealtimeJson.Options.GetTypeInfo(value.GetType()));

        Assert.True(JsonElement.DeepEquals(json, Decode(value)), $"{json} and {Decode(value)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void P220_every_value_comes_back_as_it_was(string name)
    {
        var value = Values()[name];
        var parts = new ProtocolParts(value.GetType());
        var bytes = parts.Protocol.GetMessageBytes(new StreamItemMessage("1", value));
        var input = new ReadOnlySequence<byte>(bytes);

        Assert.True(parts.Protocol.TryParseMessage(ref input, parts.Binder, out var message));

        var item = Assert.IsType<StreamItemMessage>(message).Item;
        Assert.Equal(bytes.ToArray(), parts.Protocol.GetMessageBytes(new StreamItemMessage("1", item)).ToArray());
    }

    [Fact]
    public void P221_blocks_of_bytes_are_bin_and_base64_in_JSON()
    {
        var block = FloatBlock.Of([1f, 2f], [2], "K");

        var bytes = Convert.ToHexStringLower(_parts.Protocol.GetMessageBytes(new StreamItemMessage("1", block)).Span);

        Assert.Contains("a464617461" + "c408" + "0000803f00000040", bytes, StringComparison.Ordinal);
        Assert.Contains("\"data\":\"AACAPwAAAEA=\"", JsonSerializer.Serialize(block, RealtimeJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void P221_whole_numbers_of_64_bits_are_exact()
    {
        var value = new StreamPosition("epoch", long.MaxValue - 1);
        var parts = new ProtocolParts(typeof(StreamPosition));

        var item = Read(parts, value);

        Assert.Equal(value, item);
    }

    [Fact]
    public void P90_a_raw_result_is_read_and_written_without_decoding()
    {
        var parts = new ProtocolParts(typeof(RawResult));
        var bytes = parts.Protocol.GetMessageBytes(new CompletionMessage("1", null, Values()["frame"], hasResult: true)).ToArray();
        var input = new ReadOnlySequence<byte>(bytes);

        Assert.True(parts.Protocol.TryParseMessage(ref input, parts.Binder, out var message));
        Array.Clear(bytes);

        var completion = Assert.IsType<CompletionMessage>(message);
        Assert.IsType<RawResult>(completion.Result);
        Assert.Equal(
            parts.Protocol.GetMessageBytes(new CompletionMessage("1", null, Values()["frame"], hasResult: true)).ToArray(),
            parts.Protocol.GetMessageBytes(completion).ToArray());
    }

    private static object? Read(ProtocolParts parts, object value)
    {
        var input = new ReadOnlySequence<byte>(parts.Protocol.GetMessageBytes(new StreamItemMessage("1", value)));
        Assert.True(parts.Protocol.TryParseMessage(ref input, parts.Binder, out var message));
        return Assert.IsType<StreamItemMessage>(message).Item;
    }

    private JsonElement Decode(object value)
    {
        var input = new ReadOnlySequence<byte>(_parts.Protocol.GetMessageBytes(new InvocationMessage("m", [value])));
        Assert.True(LengthPrefix.TryCut(ref input, out var body));
        var json = new ArrayBufferWriter<byte>();
        MessagePackToJson.Write(body.ToArray(), new MessagePackLimits(64, 1 << 20, 1 << 16), json);
        return JsonDocument.Parse(json.WrittenMemory).RootElement[4][0];
    }

    private static Dictionary<string, object> Values() => new()
    {
        ["frame"] = new FrameEnvelope
        {
            Type = "event",
            Channel = "events",
            Epoch = "69ac6dfc57dbf5de",
            Sequence = 9_007_199_254_740_993,
            Timestamp = Instant,
            EventId = "01a1",
            RequiresAck = true,
            Tags = new Dictionary<string, string> { ["severity"] = "critical", ["é"] = "\"\\€" },
            Payload = JsonPayload.From(JsonDocument.Parse("""{"id":1,"nested":{"list":[1.5,-3,null,true,"\u00e9\n"],"big":18446744073709551615,"empty":{},"none":[]}}""").RootElement),
            Blocks = new Dictionary<string, FloatBlock> { ["u"] = FloatBlock.Of([1f, float.MaxValue], [1, 2], "V") },
        },
        ["subscribed"] = new Subscribed { Id = "a", Channel = "c", Epoch = "e", Sequence = 0, Events = ["*"], Clamped = true },
        ["heartbeat"] = new Heartbeat(Instant, 30, [new SubscriptionPosition("a", "c", "e", 1, 2)]),
        ["gap"] = new Gap("c", "e", 1, 2, 2, GapReasons.Expired),
        ["control"] = new Control(CloseReasons.Idle.Code, "Idle.", true, 1234),
        ["error"] = new SubscribeResult { Error = ErrorCodes.InvalidRequest.With("Bad.", new FieldError("f", "m", "v")) },
        ["request"] = new SubscribeJobRequest
        {
            JobId = "j",
            From = new StreamPosition("e", 1),
            Filter = new TagFilter { Or = [new TagFilter { Not = new TagFilter { Tag = "t", Op = "in", Values = ["a", "b"] } }] },
        },
        ["ack"] = new AckResult { Acknowledged = [1, long.MaxValue], Floor = -1 },
        ["item"] = new StreamItem { Kind = StreamItemKinds.End, End = new StreamPosition("e", 3) },
        ["publish"] = new PublishEvent { Type = "x", Payload = JsonPayload.FromValidUtf8("{\"a\":[]}"u8.ToArray()), Timestamp = Instant },
    };
}
