using System.Collections;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Protocol.MessagePack;

/// <summary>Writes values as the JSON contract says, member by member, straight into MessagePack.</summary>
/// <remarks>
/// Thread-safe. How a type is written is found out once. What has a converter of its own that is not known here is written
/// as JSON first, so that both encodings always say the same.
/// </remarks>
internal sealed class ContractWriter
{
    private static readonly Dictionary<Type, ValueWriter> Simple = new()
    {
        [typeof(string)] = static (writer, value) => writer.WriteString((string)value),
        [typeof(bool)] = static (writer, value) => writer.WriteBoolean((bool)value),
        [typeof(byte)] = static (writer, value) => writer.WriteInt64((byte)value),
        [typeof(short)] = static (writer, value) => writer.WriteInt64((short)value),
        [typeof(int)] = static (writer, value) => writer.WriteInt64((int)value),
        [typeof(uint)] = static (writer, value) => writer.WriteInt64((uint)value),
        [typeof(long)] = static (writer, value) => writer.WriteInt64((long)value),
        [typeof(ulong)] = static (writer, value) => writer.WriteUInt64((ulong)value),
        [typeof(float)] = static (writer, value) => writer.WriteSingle((float)value),
        [typeof(double)] = static (writer, value) => writer.WriteDouble((double)value),
        [typeof(byte[])] = static (writer, value) => writer.WriteBytes((byte[])value),
        [typeof(ReadOnlyMemory<byte>)] = static (writer, value) => writer.WriteBytes(((ReadOnlyMemory<byte>)value).Span),
        [typeof(Memory<byte>)] = static (writer, value) => writer.WriteBytes(((Memory<byte>)value).Span),
        [typeof(JsonPayload)] = static (writer, value) => JsonToMessagePack.Write(((JsonPayload)value).Utf8.Span, writer),
        [typeof(DateTimeOffset)] = static (writer, value) => WriteInstant(writer, (DateTimeOffset)value),
        [typeof(RawResult)] = static (writer, value) => writer.WriteRaw(((RawResult)value).RawSerializedData),
    };

    private readonly ConcurrentDictionary<Type, ValueWriter> _writers = new(Simple);
    private readonly JsonSerializerOptions _options;

    public ContractWriter(JsonSerializerOptions options) => _options = options;

    /// <summary>Writes a value as what it is.</summary>
    public void Write(MessagePackWriter writer, object? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Of(value.GetType())(writer, value);
        }
    }

    /// <summary>How values of a type are written.</summary>
    public ValueWriter Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (_writers.TryGetValue(type, out var known))
        {
            return known;
        }

        // A type may hold itself; what it is made of is looked up when the first value is written.
        return _writers.GetOrAdd(type, Create(type));
    }

    private static void WriteInstant(MessagePackWriter writer, DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[UtcTimestampConverter.MaxLength];
        writer.WriteText(text[..UtcTimestampConverter.Format(value, text)]);
    }

    private ValueWriter Create(Type type)
    {
        var contract = _options.GetTypeInfo(type);
        return contract.Kind switch
        {
            _ when type == typeof(object) || contract.PolymorphismOptions is not null => Json(contract),
            JsonTypeInfoKind.Object when ObjectWriter.CanWrite(contract) => new ObjectWriter(contract, this).Write,
            JsonTypeInfoKind.Enumerable when typeof(IEnumerable).IsAssignableFrom(type) => List(contract.ElementType!),
            JsonTypeInfoKind.Dictionary when typeof(IEnumerable<KeyValuePair<string, string>>).IsAssignableFrom(type) => WriteTexts,
            _ => Json(contract),
        };
    }

    private static ValueWriter Json(JsonTypeInfo contract) =>
        (writer, value) => JsonToMessagePack.Write(JsonSerializer.SerializeToUtf8Bytes(value, contract), writer);

    private static void WriteTexts(MessagePackWriter writer, object value)
    {
        var texts = (IEnumerable<KeyValuePair<string, string>>)value;
        writer.WriteMapHeader(texts.Count());
        foreach (var (name, text) in texts)
        {
            writer.WriteString(name);
            writer.WriteString(text);
        }
    }

    private ValueWriter List(Type item) => (writer, value) =>
    {
        switch (value)
        {
            case IReadOnlyCollection<string> texts:
                writer.WriteArrayHeader(texts.Count);
                foreach (var text in texts)
                {
                    writer.WriteString(text);
                }

                break;
            case IReadOnlyCollection<long> numbers:
                writer.WriteArrayHeader(numbers.Count);
                foreach (var number in numbers)
                {
                    writer.WriteInt64(number);
                }

                break;
            case IReadOnlyCollection<float> numbers:
                writer.WriteArrayHeader(numbers.Count);
                foreach (var number in numbers)
                {
                    writer.WriteSingle(number);
                }

                break;
            case IReadOnlyCollection<double> numbers:
                writer.WriteArrayHeader(numbers.Count);
                foreach (var number in numbers)
                {
                    writer.WriteDouble(number);
                }

                break;
            default:
                WriteItems(writer, value as ICollection ?? ((IEnumerable)value).Cast<object?>().ToList(), item);
                break;
        }
    };

    private void WriteItems(MessagePackWriter writer, ICollection items, Type type)
    {
        writer.WriteArrayHeader(items.Count);
        var write = type == typeof(object) ? null : Of(type);
        foreach (var item in items)
        {
            if (item is null)
            {
                writer.WriteNil();
            }
            else
            {
                (write ?? Of(item.GetType()))(writer, item);
            }
        }
    }
}
