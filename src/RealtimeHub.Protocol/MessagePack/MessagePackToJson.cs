using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Protocol.MessagePack;

/// <summary>Turns one well-formed MessagePack value into JSON, for the contract to read: bytes as base64, instants as ISO 8601.</summary>
internal static class MessagePackToJson
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one value.</summary>
    /// <exception cref="JsonException">The value has no form in JSON.</exception>
    public static void Write(ReadOnlySpan<byte> messagePack, MessagePackLimits limits, IBufferWriter<byte> output)
    {
        var reader = new MessagePackReader(messagePack, limits);
        using var json = new Utf8JsonWriter(output, Options);
        Write(ref reader, json);
    }

    private static void Write(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        switch (reader.Peek())
        {
            case MessagePackKind.Nil:
                reader.TryReadNil();
                json.WriteNullValue();
                break;
            case MessagePackKind.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackKind.Integer:
                WriteInteger(reader.ReadInteger(), json);
                break;
            case MessagePackKind.Float:
                WriteFloat(ref reader, json);
                break;
            case MessagePackKind.Text:
                json.WriteStringValue(reader.ReadText());
                break;
            case MessagePackKind.Bytes:
                json.WriteBase64StringValue(reader.ReadBytes());
                break;
            case MessagePackKind.Array:
                WriteArray(ref reader, json);
                break;
            case MessagePackKind.Map:
                WriteMap(ref reader, json);
                break;
            default:
                json.WriteStringValue(UtcTimestampConverter.ToText(ReadTimestamp(ref reader)));
                break;
        }
    }

    private static void WriteInteger((long Bits, bool IsAboveInt64) integer, Utf8JsonWriter json)
    {
        if (integer.IsAboveInt64)
        {
            json.WriteNumberValue((ulong)integer.Bits);
        }
        else
        {
            json.WriteNumberValue(integer.Bits);
        }
    }

    // What JSON has no number for is written as JSON's own serialiser names it, for members that allow it.
    private static void WriteFloat(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        var value = reader.ReadFloat(out var isSingle);
        if (!double.IsFinite(value))
        {
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
        else if (isSingle)
        {
            json.WriteNumberValue((float)value);
        }
        else
        {
            json.WriteNumberValue(value);
        }
    }

    private static void WriteArray(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            Write(ref reader, json);
        }

        json.WriteEndArray();
    }

    private static void WriteMap(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            if (reader.Peek() != MessagePackKind.Text)
            {
                throw new JsonException("The keys of a map must be texts.");
            }

            json.WritePropertyName(reader.ReadText());
            Write(ref reader, json);
        }

        json.WriteEndObject();
    }

    // JavaScript sends a Date as the format's own instant.
    private static DateTimeOffset ReadTimestamp(ref MessagePackReader reader)
    {
        var bytes = reader.ReadExtension(out var type);
        if (type != MessagePackCode.Timestamp || bytes.Length is not (4 or 8 or 12))
        {
            throw new JsonException($"An extension of type {type} has no meaning here.");
        }

        var (seconds, nanoseconds) = bytes.Length switch
        {
            4 => (BinaryPrimitives.ReadUInt32BigEndian(bytes), 0u),
            8 => Split(BinaryPrimitives.ReadUInt64BigEndian(bytes)),
            _ => (BinaryPrimitives.ReadInt64BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        };
        return seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() && nanoseconds < 1_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw new JsonException("An instant is out of range.");
    }

    private static (long Seconds, uint Nanoseconds) Split(ulong packed) => ((long)(packed & 0x3_ffff_ffff), (uint)(packed >> 34));
}
