using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Engine.Streaming;

/// <summary>Puts the bytes of a shared item between what differs from stream to stream: the invocation's id.</summary>
/// <remarks>Thread-safe. Protocols that are not known here write their items themselves, each time.</remarks>
internal static class SharedItemWriter
{
    // The invocation of which an item's own bytes are cut out.
    private const string Sample = "0";

    private static readonly byte[] JsonBefore = Encoding.UTF8.GetBytes($$"""{"type":2,"invocationId":"{{Sample}}","item":""");
    private static readonly byte[] JsonAfter = [(byte)'}', 0x1e];

    // An array of 4: the type of a stream item, no headers, the id.
    private static readonly byte[] MessagePackBefore = [0x94, 0x02, 0x80, 0xa1, (byte)Sample[0]];

    // What an id may be made of to be written into JSON as it is; the clients send numbers.
    private static readonly SearchValues<char> PlainId = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");

    /// <summary>Writes the message if its item is shared and the protocol is known.</summary>
    public static bool TryWrite(IHubProtocol protocol, StreamItemMessage message, IBufferWriter<byte> output)
    {
        if (message.Headers is not null || !SharedItems.TryGet(message.Item, out var encodings))
        {
            return false;
        }

        switch (protocol.Name)
        {
            case "json" when message.InvocationId is { Length: > 0 and < 64 } id && !id.AsSpan().ContainsAnyExcept(PlainId):
                WriteJson(id, encodings.Get(protocol, EncodeJson, message.Item!), output);
                return true;
            case MessagePackHubProtocol.ProtocolName:
                var bytes = encodings.Get(protocol, EncodeMessagePack, message.Item!);
                protocol.WriteMessage(new StreamItemMessage(message.InvocationId!, new RawResult(new ReadOnlySequence<byte>(bytes))), output);
                return true;
            default:
                return false;
        }
    }

    private static byte[] EncodeJson(IHubProtocol protocol, object item)
    {
        var message = protocol.GetMessageBytes(new StreamItemMessage(Sample, item)).Span;
        return Cut(message, JsonBefore)[..^JsonAfter.Length].ToArray();
    }

    private static byte[] EncodeMessagePack(IHubProtocol protocol, object item)
    {
        var message = protocol.GetMessageBytes(new StreamItemMessage(Sample, item)).Span;
        var prefix = message.IndexOfAnyInRange((byte)0, (byte)0x7f) + 1;
        return Cut(message[prefix..], MessagePackBefore).ToArray();
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> message, byte[] before) =>
        message.StartsWith(before) ? message[before.Length..] : throw new InvalidOperationException("The protocol does not write stream items as its specification says.");

    private static void WriteJson(string id, byte[] item, IBufferWriter<byte> output)
    {
        var head = JsonBefore.Length - Sample.Length + id.Length;
        var target = output.GetSpan(head);
        var beforeId = JsonBefore.AsSpan(0, JsonBefore.Length - "\",\"item\":".Length - Sample.Length);
        beforeId.CopyTo(target);
        Encoding.ASCII.GetBytes(id, target[beforeId.Length..]);
        JsonBefore.AsSpan(beforeId.Length + Sample.Length).CopyTo(target[(beforeId.Length + id.Length)..]);
        output.Advance(head);
        output.Write(item);
        output.Write(JsonAfter);
    }
}
