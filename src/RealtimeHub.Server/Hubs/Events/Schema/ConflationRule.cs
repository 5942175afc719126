using System.Text.Json;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>What an event is the state of: a thing, and for most things the members that name it. Immutable.</summary>
/// <param name="Thing">The kind of thing.</param>
/// <param name="Members">Members that name it; the first that is there counts. None for the only one of its kind.</param>
internal sealed record ConflationRule(string Thing, params string[] Members)
{
    /// <summary>The key, or nothing when the payload does not name the thing.</summary>
    public string? KeyOf(JsonElement payload)
    {
        if (Members.Length == 0)
        {
            return Thing;
        }

        return PayloadText.First(payload, Members) is { } name ? $"{Thing}:{name}" : null;
    }
}
