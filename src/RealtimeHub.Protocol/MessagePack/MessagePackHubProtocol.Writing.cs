using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeHub.Protocol.MessagePack;

/// <content>Writing.</content>
public sealed partial class MessagePackHubProtocol
{
    [ThreadStatic]
    private static MessagePackWriter? _kept;

    // Taken away while it is in use: a getter of a value could write a message too.
    private static MessagePackWriter Rent()
    {
        var writer = _kept ?? new MessagePackWriter();
        _kept = null;
        writer.Append(LengthPrefix.MaxBytes);
        return writer;
    }

    private static void Return(MessagePackWriter writer)
    {
        writer.Clear();
        _kept = writer;
    }

    private ReadOnlySpan<byte> Frame(MessagePackWriter writer, HubMessage message)
    {
        Write(writer, message);
        return writer.Framed();
    }

    private void Write(MessagePackWriter writer, HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage invocation:
                WriteCall(writer, MessageTypes.Invocation, invocation);
                break;
            case StreamInvocationMessage invocation:
                WriteCall(writer, MessageTypes.StreamInvocation, invocation);
                break;
            case StreamItemMessage item:
                WriteHead(writer, 4, MessageTypes.StreamItem, item);
                _values.Write(writer, item.Item);
                break;
            case CompletionMessage completion:
                WriteCompletion(writer, completion);
                break;
            case CancelInvocationMessage cancel:
                WriteHead(writer, 3, MessageTypes.CancelInvocation, cancel);
                break;
            case PingMessage:
                writer.WriteArrayHeader(1);
                writer.WriteInt64(MessageTypes.Ping);
                break;
            case CloseMessage close:
                writer.WriteArrayHeader(3);
                writer.WriteInt64(MessageTypes.Close);
                writer.WriteString(string.IsNullOrEmpty(close.Error) ? null : close.Error);
                writer.WriteBoolean(close.AllowReconnect);
                break;
            case AckMessage ack:
                WriteNumbered(writer, MessageTypes.Ack, ack.SequenceId);
                break;
            case SequenceMessage sequence:
                WriteNumbered(writer, MessageTypes.Sequence, sequence.SequenceId);
                break;
            default:
                throw new InvalidDataException($"A {message.GetType().Name} has no form in MessagePack.");
        }
    }

    private static void WriteNumbered(MessagePackWriter writer, int type, long sequenceId)
    {
        writer.WriteArrayHeader(2);
        writer.WriteInt64(type);
        writer.WriteInt64(sequenceId);
    }

    private static void WriteHead(MessagePackWriter writer, int count, int type, HubInvocationMessage message)
    {
        writer.WriteArrayHeader(count);
        writer.WriteInt64(type);
        writer.WriteMapHeader(message.Headers?.Count ?? 0);
        foreach (var (name, value) in message.Headers ?? new Dictionary<string, string>())
        {
            writer.WriteString(name);
            writer.WriteString(value);
        }

        writer.WriteString(string.IsNullOrEmpty(message.InvocationId) ? null : message.InvocationId);
    }

    private void WriteCall(MessagePackWriter writer, int type, HubMethodInvocationMessage message)
    {
        WriteHead(writer, 6, type, message);
        writer.WriteString(message.Target);
        writer.WriteArrayHeader(message.Arguments?.Length ?? 0);
        foreach (var argument in message.Arguments ?? [])
        {
            _values.Write(writer, argument);
        }

        writer.WriteArrayHeader(message.StreamIds?.Length ?? 0);
        foreach (var id in message.StreamIds ?? [])
        {
            writer.WriteString(id);
        }
    }

    private void WriteCompletion(MessagePackWriter writer, CompletionMessage message)
    {
        var kind = message.Error is not null ? MessageTypes.ErrorResult : message.HasResult ? MessageTypes.ValueResult : MessageTypes.VoidResult;
        WriteHead(writer, kind == MessageTypes.VoidResult ? 4 : 5, MessageTypes.Completion, message);
        writer.WriteInt64(kind);
        if (kind == MessageTypes.ErrorResult)
        {
            writer.WriteString(message.Error);
        }
        else if (kind == MessageTypes.ValueResult)
        {
            _values.Write(writer, message.Result);
        }
    }
}
