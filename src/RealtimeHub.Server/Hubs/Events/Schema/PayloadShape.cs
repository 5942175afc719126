using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>The known members of a payload, or of an object in it. Others are kept as they are. Immutable.</summary>
internal sealed class PayloadShape
{
    /// <summary>How many errors of one payload are told; a producer that sends more has one mistake, not many.</summary>
    public const int MaxErrors = 20;

    private readonly FrozenDictionary<string, int> _indexes;

    public PayloadShape(IReadOnlyList<FieldRule> fields, string[][]? alternatives = null)
    {
        Debug.Assert(fields.Count <= 64, "The members seen are kept in 64 bits.");
        Fields = fields;
        Alternatives = alternatives ?? [];
        _indexes = Enumerable.Range(0, fields.Count).ToFrozenDictionary(i => fields[i].Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<FieldRule> Fields { get; }

    /// <summary>Groups of optional members of which at least one has to be there and not null.</summary>
    public IReadOnlyList<string[]> Alternatives { get; }

    /// <summary>Adds an error for everything that is wrong with the object.</summary>
    public void Check(JsonElement element, string path, List<FieldError> errors)
    {
        var seen = 0UL;
        foreach (var property in element.EnumerateObject())
        {
            if (errors.Count >= MaxErrors)
            {
                return;
            }

            if (!_indexes.TryGetValue(property.Name, out var index))
            {
                continue;
            }

            var memberPath = $"{path}.{property.Name}";
            if ((seen & 1UL << index) != 0)
            {
                // Readers disagree about which of two counts, so a filter and a subscriber could see different values.
                errors.Add(new FieldError(memberPath, $"{memberPath} is there more than once."));
                continue;
            }

            seen |= 1UL << index;
            Fields[index].Check(property.Value, memberPath, errors);
        }

        CheckAbsent(seen, path, errors);
        CheckAlternatives(element, path, errors);
    }

    /// <summary>Writes an accepted object as subscribers get it.</summary>
    public void Write(Utf8JsonWriter writer, JsonElement element)
    {
        var seen = 0UL;
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            writer.WritePropertyName(property.Name);
            if (_indexes.TryGetValue(property.Name, out var index))
            {
                seen |= 1UL << index;
                Fields[index].Write(writer, property.Value);
            }
            else
            {
                property.Value.WriteTo(writer);
            }
        }

        for (var i = 0; i < Fields.Count; i++)
        {
            if ((seen & 1UL << i) == 0 && Fields[i].Presence == Presence.NullWhenAbsent)
            {
                writer.WriteNull(Fields[i].Name);
            }
        }

        writer.WriteEndObject();
    }

    private void CheckAbsent(ulong seen, string path, List<FieldError> errors)
    {
        for (var i = 0; i < Fields.Count && errors.Count < MaxErrors; i++)
        {
            if ((seen & 1UL << i) == 0)
            {
                Fields[i].CheckAbsent($"{path}.{Fields[i].Name}", errors);
            }
        }
    }

    private void CheckAlternatives(JsonElement element, string path, List<FieldError> errors)
    {
        foreach (var names in Alternatives)
        {
            if (errors.Count < MaxErrors
                && !names.Any(n => element.TryGetProperty(n, out var value) && value.ValueKind != JsonValueKind.Null))
            {
                var field = $"{path}.{names[0]}";
                errors.Add(new FieldError(field, $"{field} is missing; one of {string.Join(", ", names)} has to be there.", Bound: string.Join(", ", names)));
            }
        }
    }
}
