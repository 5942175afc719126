using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>Finds event types by any of their spellings. Thread-safe.</summary>
internal static class EventTypeTable
{
    private static readonly FrozenDictionary<string, EventType> BySpelling = EventTypeRows.All
        .SelectMany(type => Spellings(type).Select(spelling => KeyValuePair.Create(spelling, type)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every type, in the order of the table.</summary>
    public static IReadOnlyList<EventType> All => EventTypeRows.All;

    /// <summary>Finds a type by its dotted name, with underscores for dots, or by a documented other name; in any case.</summary>
    public static bool TryGet(string? typeAsGiven, [NotNullWhen(true)] out EventType? type)
    {
        type = null;
        return typeAsGiven is not null && BySpelling.TryGetValue(typeAsGiven, out type);
    }

    private static IEnumerable<string> Spellings(EventType type) =>
        new[] { type.CanonicalName, type.CanonicalName.Replace('.', '_') }.Concat(type.Aliases).Distinct(StringComparer.OrdinalIgnoreCase);
}
