using System.Text.Json;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>Reads members of a payload as short texts.</summary>
internal static class PayloadText
{
    /// <summary>The first of these members that holds a short text or a number; nothing when none does.</summary>
    public static string? First(JsonElement payload, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (payload.ValueKind == JsonValueKind.Object
                && payload.TryGetProperty(member, out var value)
                && Of(value) is { Length: > 0 and <= FieldRule.MaxNameLength } text)
            {
                return text;
            }
        }

        return null;
    }

    private static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
