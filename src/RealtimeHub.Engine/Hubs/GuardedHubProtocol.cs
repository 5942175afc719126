using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Engine.Hubs;

/// <summary>A hub protocol that turns messages which cannot be parsed, or are too large, into a call of <see cref="RefusalMethod"/>, so that the client hears why it is closed; shared stream items it writes from bytes that were made once.</summary>
/// <remarks>Thread-safe if the inner protocol is. SignalR itself would close the connection without a word of ours.</remarks>
internal sealed class GuardedHubProtocol(IHubProtocol inner, long? maxMessageBytes) : IHubProtocol
{
    /// <summary>The hub method that a bad message becomes a call of; its arguments are the close reason's code and a sentence.</summary>
    public const string RefusalMethod = "$refused";

    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input.Length;
        try
        {
            if (inner.TryParseMessage(ref input, binder, out message))
            {
                Count(message, before - input.Length);
                return true;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or System.Text.Json.JsonException or FormatException)
        {
            message = Refuse(ref input, CloseReasons.InvalidFrame, exception.Message);
            return true;
        }

        // SignalR hands over at most as much as one message may have; if that holds no message, the message is larger.
        if (input.Length >= maxMessageBytes)
        {
            message = Refuse(ref input, CloseReasons.MessageTooLarge, $"A message may have {maxMessageBytes} bytes; this one has more.");
            return true;
        }

        return false;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is not StreamItemMessage item || !SharedItemWriter.TryWrite(inner, item, output))
        {
            inner.WriteMessage(message, output);
        }
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    private static void Count(HubMessage message, long bytes)
    {
        if (ConnectionTraffic.Current is { } traffic)
        {
            traffic.Received(bytes);
            if (message is CloseMessage)
            {
                traffic.Goodbye();
            }

            if (message is InvocationBindingFailureMessage or StreamBindingFailureMessage)
            {
                traffic.Fault(TrafficFault.UnknownCall);
            }
        }
    }

    private static InvocationMessage Refuse(ref ReadOnlySequence<byte> input, CloseReason reason, string why)
    {
        ConnectionTraffic.Current?.Fault(TrafficFault.BadFrame);
        input = input.Slice(input.End);
        return new InvocationMessage(RefusalMethod, [reason.Code, FieldError.Preview(why)]);
    }
}
