using System.Text.Json;

namespace RealtimeHub.Protocol.MessagePack;

/// <summary>Turns valid JSON text into MessagePack: whole numbers of 64 bits exactly, others as doubles.</summary>
internal static class JsonToMessagePack
{
    /// <summary>Writes one JSON value.</summary>
    public static void Write(ReadOnlySpan<byte> json, MessagePackWriter writer)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Write(ref reader, writer);
    }

    private static void Write(ref Utf8JsonReader reader, MessagePackWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteMapHeader(Count(reader, JsonTokenType.PropertyName));
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    WriteText(ref reader, writer);
                    reader.Read();
                    Write(ref reader, writer);
                }

                break;
            case JsonTokenType.StartArray:
                writer.WriteArrayHeader(Count(reader, JsonTokenType.None));
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Write(ref reader, writer);
                }

                break;
            case JsonTokenType.String:
                WriteText(ref reader, writer);
                break;
            case JsonTokenType.Number:
                WriteNumber(ref reader, writer);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.WriteBoolean(reader.TokenType == JsonTokenType.True);
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    // The head of a map or an array comes before its items; a copy of the reader runs ahead and counts them.
    private static int Count(Utf8JsonReader reader, JsonTokenType wanted)
    {
        var depth = reader.CurrentDepth;
        var count = 0;
        while (reader.Read() && !(reader.CurrentDepth == depth && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            if (wanted == JsonTokenType.None || reader.TokenType == wanted)
            {
                count++;
            }

            if (wanted == JsonTokenType.PropertyName)
            {
                reader.Read();
            }

            reader.TrySkip();
        }

        return count;
    }

    private static void WriteText(ref Utf8JsonReader reader, MessagePackWriter writer)
    {
        if (!reader.ValueIsEscaped)
        {
            writer.WriteText(reader.ValueSpan);
            return;
        }

        writer.WriteString(reader.GetString());
    }

    private static void WriteNumber(ref Utf8JsonReader reader, MessagePackWriter writer)
    {
        if (reader.TryGetInt64(out var whole))
        {
            writer.WriteInt64(whole);
        }
        else if (reader.TryGetUInt64(out var large))
        {
            writer.WriteUInt64(large);
        }
        else
        {
            writer.WriteDouble(reader.GetDouble());
        }
    }
}
