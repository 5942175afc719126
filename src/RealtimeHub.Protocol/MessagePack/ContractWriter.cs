using System.Collections;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Numerics;

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
        [typeof(BinaryBlock)] = static (writer, value) => writer.WriteBytes(((BinaryBlock)value).Bytes.Span),
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
            JsonTypeInfoKind.Dictionary when contract.KeyType == typeof(string) => Map(type, contract.ElementType!),
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

    // One generic writer per type of map; it is made when the first of its type is written.
    private ValueWriter Map(Type map, Type item) =>
        typeof(IEnumerable<>).MakeGenericType(typeof(KeyValuePair<,>).MakeGenericType(typeof(string), item)).IsAssignableFrom(map)
            ? ((IMapWriter)Activator.CreateInstance(typeof(MapWriter<>).MakeGenericType(item), this)!).Write
            : Json(_options.GetTypeInfo(map));

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

    private void WriteItem(MessagePackWriter writer, object? item, ValueWriter? write)
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

    private void WriteItems(MessagePackWriter writer, ICollection items, Type type)
    {
        writer.WriteArrayHeader(items.Count);
        var write = type == typeof(object) ? null : Of(type);
        foreach (var item in items)
        {
            WriteItem(writer, item, write);
        }
    }

    private interface IMapWriter
    {
        void Write(MessagePackWriter writer, object value);
    }

    private sealed class MapWriter<TItem>(ContractWriter values) : IMapWriter
    {
        public void Write(MessagePackWriter writer, object value)
        {
            var items = ((IEnumerable<KeyValuePair<string, TItem>>)value).ToList();
            var write = typeof(TItem) == typeof(object) ? null : values.Of(typeof(TItem));
            writer.WriteMapHeader(items.Count);
            foreach (var (name, item) in items)
            {
                writer.WriteString(name);
                values.WriteItem(writer, item, write);
            }
        }
    }
}
