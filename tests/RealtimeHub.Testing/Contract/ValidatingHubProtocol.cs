using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Testing.Contract;

/// <summary>A hub protocol of the server whose every message is held against the schema as it is written, whoever it is for.</summary>
/// <remarks>Thread-safe if the inner protocol and the listener are.</remarks>
internal sealed class ValidatingHubProtocol(IHubProtocol inner, Action<string> onError) : IHubProtocol
{
    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
        inner.TryParseMessage(ref input, binder, out message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        Validate(message);
        inner.WriteMessage(message, output);
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        Validate(message);
        return inner.GetMessageBytes(message);
    }

    // The value is encoded by the protocol itself, so that what is looked at is what goes out.
    private void Validate(HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage { Arguments: [{ } argument] } push:
                Report(WireSchema.Push(null, push.Target, Encoded(argument)));
                break;
            case CompletionMessage { Result: { } result } when result is not RawResult:
                Report(WireSchema.Type(result.GetType().Name, Encoded(result)));
                break;
            case StreamItemMessage { Item: { } item } when item is not RawResult:
                Report(WireSchema.Type(item.GetType().Name, Encoded(item)));
                break;
        }
    }

    private JsonElement Encoded(object value)
    {
        var bytes = inner.GetMessageBytes(new StreamItemMessage("0", value));
        return inner.Name == MessagePackHubProtocol.ProtocolName
            ? HubMessageText.FromMessagePack(bytes)[3]
            : JsonDocument.Parse(bytes[..^1]).RootElement.GetProperty("item");
    }

    private void Report(IReadOnlyList<string> errors)
    {
        foreach (var error in errors)
        {
            onError($"{inner.Name}: {error}");
        }
    }
}
