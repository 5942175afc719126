using System.Buffers;
using System.Text.Json;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Testing.Contract;

/// <summary>Hub messages of MessagePack as those of JSON, and back, for a probe that thinks in JSON.</summary>
internal static class HubMessageText
{
    private static readonly MessagePackLimits Limits = new(64, 1 << 26, 1 << 20);

    /// <summary>The parts of one framed message.</summary>
    public static JsonElement FromMessagePack(ReadOnlyMemory<byte> framed)
    {
        var input = new ReadOnlySequence<byte>(framed);
        return TryCut(ref input, out var parts) ? parts : throw new InvalidDataException("The message is not all there.");
    }

    /// <summary>Cuts one message off the input.</summary>
    public static bool TryCut(ref ReadOnlySequence<byte> input, out JsonElement parts)
    {
        parts = default;
        if (!LengthPrefix.TryCut(ref input, out var body))
        {
            return false;
        }

        var json = new ArrayBufferWriter<byte>();
        MessagePackToJson.Write(body.ToArray(), Limits, json);
        parts = JsonDocument.Parse(json.WrittenMemory).RootElement;
        return true;
    }

    /// <summary>The message that the JSON protocol would have.</summary>
    public static JsonElement ToJson(JsonElement parts)
    {
        var type = parts[0].GetInt32();
        return JsonSerializer.SerializeToElement(type switch
        {
            1 => Members(("type", parts[0]), ("invocationId", Optional(parts[2])), ("target", parts[3]), ("arguments", parts[4])),
            2 => Members(("type", parts[0]), ("invocationId", parts[2]), ("item", parts[3])),
            3 => Members(("type", parts[0]), ("invocationId", parts[2]), (parts[3].GetInt32() == 1 ? "error" : "result", parts[3].GetInt32() == 2 ? null : parts[4])),
            7 => Members(("type", parts[0]), ("error", Optional(parts[1])), ("allowReconnect", parts[2])),
            _ => Members(("type", parts[0])),
        });
    }

    /// <summary>The framed bytes of a message that is given as the JSON protocol has it.</summary>
    public static byte[] ToMessagePack(JsonElement message)
    {
        var empty = JsonSerializer.SerializeToElement(new { });
        JsonElement Part(string name) => message.TryGetProperty(name, out var part) ? part : default;
        object?[] parts = message.GetProperty("type").GetInt32() switch
        {
            var type and (1 or 4) => [type, empty, Optional(Part("invocationId")), Part("target"), Part("arguments"), Part("streamIds").ValueKind == JsonValueKind.Array ? Part("streamIds") : Array.Empty<string>()],
            2 => [2, empty, Part("invocationId"), Part("item")],
            3 when Part("error").ValueKind == JsonValueKind.String => [3, empty, Part("invocationId"), 1, Part("error")],
            3 when Part("result").ValueKind == JsonValueKind.Undefined => [3, empty, Part("invocationId"), 2],
            3 => [3, empty, Part("invocationId"), 3, Part("result")],
            5 => [5, empty, Part("invocationId")],
            var type => [type],
        };
        var writer = new MessagePackWriter();
        writer.Append(LengthPrefix.MaxBytes);
        JsonToMessagePack.Write(JsonSerializer.SerializeToUtf8Bytes(parts), writer);
        return writer.Framed().ToArray();
    }

    private static JsonElement? Optional(JsonElement part) => part.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : part;

    private static Dictionary<string, object> Members(params IEnumerable<(string Name, object? Value)> members) =>
        members.Where(m => m.Value is not null).ToDictionary(m => m.Name, m => m.Value!);
}
