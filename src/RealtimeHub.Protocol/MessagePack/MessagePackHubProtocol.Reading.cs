using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeHub.Protocol.MessagePack;

/// <content>Reading.</content>
public sealed partial class MessagePackHubProtocol
{
    private const string BadMessage = "The message is no MessagePack of the hub protocol: ";

    private HubMessage? Parse(in ReadOnlySequence<byte> body, IInvocationBinder binder)
    {
        if (body.IsSingleSegment)
        {
            return Parse(body.FirstSpan, binder);
        }

        var length = (int)body.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(rented);
            return Parse(rented.AsSpan(0, length), binder);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private HubMessage? Parse(ReadOnlySpan<byte> body, IInvocationBinder binder)
    {
        // Everything is well formed, or the connection ends; only what is inside of arguments, items and results can fail a call.
        var check = new MessagePackReader(body, _limits);
        check.Skip();
        if (!check.IsAtEnd)
        {
            throw new InvalidDataException(BadMessage + "something follows it.");
        }

        var reader = new MessagePackReader(body, _limits);
        var count = reader.ReadArrayHeader();
        var type = count > 0 ? reader.ReadInt64() : throw TooShort(count);
        return type switch
        {
            MessageTypes.Invocation => ReadCall(ref reader, count, binder, isStream: false),
            MessageTypes.StreamInvocation => ReadCall(ref reader, count, binder, isStream: true),
            MessageTypes.StreamItem => ReadStreamItem(ref reader, count, binder),
            MessageTypes.Completion => ReadCompletion(ref reader, count, binder),
            MessageTypes.CancelInvocation => WithHeaders(ReadHeaders(ref reader, count, 3), new CancelInvocationMessage(ReadId(ref reader))),
            MessageTypes.Ping => PingMessage.Instance,
            MessageTypes.Close => ReadClose(ref reader, count),
            MessageTypes.Ack => new AckMessage(ReadSequenceId(ref reader, count)),
            MessageTypes.Sequence => new SequenceMessage(ReadSequenceId(ref reader, count)),
            _ => null,
        };
    }

    private static InvalidDataException TooShort(int count) => new($"{BadMessage}it has only {count} parts.");

    private static long ReadSequenceId(ref MessagePackReader reader, int count) => count >= 2 ? reader.ReadInt64() : throw TooShort(count);

    private static Dictionary<string, string>? ReadHeaders(ref MessagePackReader reader, int count, int needed)
    {
        if (count < needed)
        {
            throw TooShort(count);
        }

        Dictionary<string, string>? headers = null;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            headers ??= new Dictionary<string, string>(StringComparer.Ordinal);
            headers[Text(ref reader, "the name of a header")] = Text(ref reader, "a header");
        }

        return headers;
    }

    private static T WithHeaders<T>(Dictionary<string, string>? headers, T message)
        where T : HubInvocationMessage
    {
        if (headers is not null)
        {
            message.Headers = headers;
        }

        return message;
    }

    private static string Text(ref MessagePackReader reader, string what) =>
        reader.ReadString() is { Length: > 0 } text ? text : throw new InvalidDataException($"{BadMessage}{what} is missing.");

    private static string ReadId(ref MessagePackReader reader) => Text(ref reader, "the invocation id");

    private static string[]? ReadStreamIds(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        if (count == 0)
        {
            return null;
        }

        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(Text(ref reader, "the id of an upload"));
        }

        return [.. ids];
    }

    private static CloseMessage ReadClose(ref MessagePackReader reader, int count)
    {
        var error = count >= 2 ? reader.ReadString() : throw TooShort(count);
        var allowReconnect = count >= 3 && reader.ReadBoolean();
        return error is null && !allowReconnect ? CloseMessage.Empty : new CloseMessage(error, allowReconnect);
    }

    private HubMessage ReadCall(ref MessagePackReader reader, int count, IInvocationBinder binder, bool isStream)
    {
        var headers = ReadHeaders(ref reader, count, 5);
        var id = isStream ? ReadId(ref reader) : reader.ReadString() is { Length: > 0 } given ? given : null;
        var target = ReadTarget(ref reader, binder);
        var start = reader.Position;
        reader.Skip();
        var arguments = reader.Since(start);
        var streams = count >= 6 ? ReadStreamIds(ref reader) : null;
        object?[] bound;
        try
        {
            bound = Bind(arguments, binder.GetParameterTypes(target));
        }
#pragma warning disable CA1031 // Whatever keeps the arguments from being bound fails this call and nothing else.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new InvocationBindingFailureMessage(id, target, ExceptionDispatchInfo.Capture(exception));
        }

        return isStream
            ? WithHeaders(headers, new StreamInvocationMessage(id!, target, bound, streams))
            : WithHeaders(headers, new InvocationMessage(id, target, bound, streams));
    }

    // The binder knows the names of its methods, and saves a string per message.
    private static string ReadTarget(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var target = reader.ReadText();
        return target.IsEmpty
            ? throw new InvalidDataException(BadMessage + "the target is missing.")
            : binder.GetTarget(target) ?? System.Text.Encoding.UTF8.GetString(target);
    }

    private object?[] Bind(ReadOnlySpan<byte> arguments, IReadOnlyList<Type> types)
    {
        var reader = new MessagePackReader(arguments, _limits);
        var count = reader.Peek() == MessagePackKind.Array ? reader.ReadArrayHeader() : throw new InvalidDataException("The arguments are no array.");
        if (count != types.Count)
        {
            throw new InvalidDataException($"Invocation provides {count} argument(s) but target expects {types.Count}.");
        }

        var bound = new object?[count];
        for (var i = 0; i < count; i++)
        {
            bound[i] = ReadValue(ref reader, types[i]);
        }

        return bound;
    }

    private HubMessage ReadStreamItem(ref MessagePackReader reader, int count, IInvocationBinder binder)
    {
        var headers = ReadHeaders(ref reader, count, 4);
        var id = ReadId(ref reader);
        try
        {
            return WithHeaders(headers, new StreamItemMessage(id, ReadValue(ref reader, binder.GetStreamItemType(id))));
        }
#pragma warning disable CA1031 // Whatever keeps the item from being read fails this stream and nothing else.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new StreamBindingFailureMessage(id, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private CompletionMessage ReadCompletion(ref MessagePackReader reader, int count, IInvocationBinder binder)
    {
        var headers = ReadHeaders(ref reader, count, 4);
        var id = ReadId(ref reader);
        var kind = reader.ReadInt64();
        if (kind is not MessageTypes.VoidResult && count < 5)
        {
            throw TooShort(count);
        }

        return WithHeaders(headers, kind switch
        {
            MessageTypes.ErrorResult => new CompletionMessage(id, reader.ReadString() ?? "", null, hasResult: false),
            MessageTypes.VoidResult => new CompletionMessage(id, null, null, hasResult: false),
            MessageTypes.ValueResult => ReadResult(ref reader, id, binder),
            _ => throw new InvalidDataException($"{BadMessage}{kind} is no kind of result."),
        });
    }

    private CompletionMessage ReadResult(ref MessagePackReader reader, string id, IInvocationBinder binder)
    {
        if (ReturnType(binder, id) is not { } type)
        {
            return new CompletionMessage(id, null, null, hasResult: true);
        }

        if (type == typeof(RawResult))
        {
            var start = reader.Position;
            reader.Skip();
            return new CompletionMessage(id, null, new RawResult(new ReadOnlySequence<byte>(reader.Since(start).ToArray())), hasResult: true);
        }

        try
        {
            return new CompletionMessage(id, null, ReadValue(ref reader, type), hasResult: true);
        }
#pragma warning disable CA1031 // Whatever keeps the result from being read fails this call and nothing else.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new CompletionMessage(id, $"Error trying to deserialize result to {type.Name}. {exception.Message}", null, hasResult: false);
        }
    }

    // Null when nobody waits for this result any more; a binder says so with an exception.
    private static Type? ReturnType(IInvocationBinder binder, string id)
    {
        try
        {
            return binder.GetReturnType(id);
        }
#pragma warning disable CA1031 // Binders of all kinds are asked.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private object? ReadValue(ref MessagePackReader reader, Type type)
    {
        var start = reader.Position;
        reader.Skip();
        var json = new ArrayBufferWriter<byte>(256);
        MessagePackToJson.Write(reader.Since(start), _limits, json);
        return JsonSerializer.Deserialize(json.WrittenSpan, _contract.GetTypeInfo(type));
    }
}
