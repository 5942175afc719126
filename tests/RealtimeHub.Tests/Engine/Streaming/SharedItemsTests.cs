using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.MessagePack;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Tests.Engine.Hubs;

namespace RealtimeHub.Tests.Engine.Streaming;

public class SharedItemsTests
{
    public static TheoryData<string> Protocols => ["json", MessagePackHubProtocol.ProtocolName];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void P226_a_shared_item_is_encoded_once_however_many_streams_it_goes_to(string protocol)
    {
        var item = SharedItems.Share(new Counted());
        var guarded = Guarded(protocol);

        var messages = Enumerable.Range(0, 20).Select(id => Write(guarded, new StreamItemMessage($"{id}", item))).ToList();

        Assert.Equal(1, item.Text.Count);
        Assert.Equal(20, messages.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void P226_an_item_of_one_stream_is_encoded_for_it(string protocol)
    {
        var item = new Counted();
        var guarded = Guarded(protocol);

        Write(guarded, new StreamItemMessage("1", item));
        Write(guarded, new StreamItemMessage("2", item));

        Assert.Equal(2, item.Text.Count);
    }

    [Theory]
    [InlineData("json", "0")]
    [InlineData("json", "12345678901234567890")]
    [InlineData("json", "")]
    [InlineData("json", "a\"\u001e\\é")]
    [InlineData(MessagePackHubProtocol.ProtocolName, "0")]
    [InlineData(MessagePackHubProtocol.ProtocolName, "12345678901234567890123456789012345678901234567890")]
    [InlineData(MessagePackHubProtocol.ProtocolName, "a\"\u001e\\é")]
    public void P226_a_shared_item_has_the_bytes_that_the_protocol_itself_writes(string protocol, string id)
    {
        var item = SharedItems.Share(new StreamItem { Kind = StreamItemKinds.Gap, Gap = new Gap("c", "e", 1, 2, 2, GapReasons.Expired) });
        var message = new StreamItemMessage(id, item);

        Assert.Equal(Convert.ToHexString(Inner(protocol).GetMessageBytes(message).Span), Write(Guarded(protocol), message));
    }

    [Fact]
    public void P226_each_protocol_has_bytes_of_its_own()
    {
        var item = SharedItems.Share(new Counted());

        var json = Write(Guarded("json"), new StreamItemMessage("1", item));
        var messagePack = Write(Guarded(MessagePackHubProtocol.ProtocolName), new StreamItemMessage("1", item));

        Assert.Equal(2, item.Text.Count);
        Assert.Contains("\"item\"", Encoding.UTF8.GetString(Convert.FromHexString(json)), StringComparison.Ordinal);
        Assert.NotEqual(json, messagePack);
    }

    private static GuardedHubProtocol Guarded(string protocol) => new(Inner(protocol), 65_536);

    private static IHubProtocol Inner(string protocol)
    {
        var options = new JsonSerializerOptions();
        RealtimeJson.Configure(options);
        return protocol == "json"
            ? new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = options }))
            : new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions()));
    }

    private static string Write(GuardedHubProtocol protocol, HubMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        protocol.WriteMessage(message, output);
        return Convert.ToHexString(output.WrittenSpan);
    }

    private sealed class Counted
    {
        public CountedText Text { get; } = new("once");
    }
}
