using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>What one payload member has to be. Immutable.</summary>
internal sealed record FieldRule(string Name, FieldKind Kind)
{
    /// <summary>The longest <see cref="FieldKind.Name"/> or <see cref="FieldKind.Id"/>; as long as a tag may be.</summary>
    public const int MaxNameLength = 200;

    // Whole numbers up to here survive every JSON reader, those that know only doubles included.
    private const double MaxWhole = 9_007_199_254_740_991;

    public Presence Presence { get; init; }

    /// <summary>The least a number may be, if anything.</summary>
    public double? Min { get; init; }

    /// <summary>The most a number may be, if anything.</summary>
    public double? Max { get; init; }

    /// <summary>Each word in any case, and how it is delivered.</summary>
    public FrozenDictionary<string, string>? Choices { get; init; }

    /// <summary>The words of a choice, in their own order.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The members of an object, as far as they are known.</summary>
    public PayloadShape? Members { get; init; }

    /// <summary>What each item of a list is.</summary>
    public FieldRule? Item { get; init; }

    /// <summary>The bound as data: a range, a length or the words.</summary>
    public string? Bound => Kind switch
    {
        FieldKind.Id or FieldKind.Name => $"1..{MaxNameLength} characters",
        FieldKind.Choice => string.Join(", ", Words),
        FieldKind.Whole or FieldKind.Number => (Min, Max) switch
        {
            ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"{min}..{max}"),
            ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $"{min}.."),
            (null, { } max) => string.Create(CultureInfo.InvariantCulture, $"..{max}"),
            _ => null,
        },
        _ => null,
    };

    /// <summary>What is expected, as the end of a sentence.</summary>
    public string Expectation => Kind switch
    {
        FieldKind.Id => $"a text of 1 to {MaxNameLength} characters or a whole number",
        FieldKind.Name => $"a text of 1 to {MaxNameLength} characters",
        FieldKind.Text => "a text",
        FieldKind.Choice => $"one of {Bound}",
        FieldKind.Timestamp => "an ISO 8601 instant such as 2026-01-31T12:00:00.000Z",
        FieldKind.Whole => "a whole number" + Range(),
        FieldKind.Number => "a number" + Range(),
        FieldKind.Flag => "true or false",
        FieldKind.Object => "an object",
        FieldKind.List => "a list",
        _ => "a value",
    };

    public FieldRule Optional() => this with { Presence = Presence.Optional };

    public FieldRule Nullable() => this with { Presence = Presence.Nullable };

    public FieldRule NullWhenAbsent() => this with { Presence = Presence.NullWhenAbsent };

    /// <summary>Adds an error for everything that is wrong with the value.</summary>
    public void Check(JsonElement value, string path, List<FieldError> errors)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (Presence == Presence.Required)
            {
                errors.Add(new FieldError(path, $"{path} must be {Expectation}, not null.", "null", Bound));
            }

            return;
        }

        if (!Accepts(value))
        {
            errors.Add(new FieldError(path, $"{path} must be {Expectation}.", Preview(value), Bound));
            return;
        }

        Members?.Check(value, path, errors);
        CheckItems(value, path, errors);
    }

    /// <summary>Adds the error for a member that is not there, if it has to be.</summary>
    public void CheckAbsent(string path, List<FieldError> errors)
    {
        if (Presence is Presence.Required or Presence.Nullable)
        {
            errors.Add(new FieldError(path, $"{path} is missing; expected {Expectation}.", Bound: Bound));
        }
    }

    /// <summary>Writes an accepted value as subscribers get it.</summary>
    public void Write(Utf8JsonWriter writer, JsonElement value)
    {
        if (Choices is not null && value.ValueKind == JsonValueKind.String)
        {
            writer.WriteStringValue(Choices[value.GetString()!]);
        }
        else if (Members is not null && value.ValueKind == JsonValueKind.Object)
        {
            Members.Write(writer, value);
        }
        else if (Item is not null && value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
            {
                Item.Write(writer, item);
            }

            writer.WriteEndArray();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private void CheckItems(JsonElement value, string path, List<FieldError> errors)
    {
        if (Item is null)
        {
            return;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (errors.Count >= PayloadShape.MaxErrors)
            {
                return;
            }

            Item.Check(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), errors);
        }
    }

    private bool Accepts(JsonElement value) => Kind switch
    {
        FieldKind.Id => IsName(value) || IsWhole(value),
        FieldKind.Name => IsName(value),
        FieldKind.Text => value.ValueKind == JsonValueKind.String,
        FieldKind.Choice => value.ValueKind == JsonValueKind.String && Choices!.ContainsKey(value.GetString()!),
        FieldKind.Timestamp => value.ValueKind == JsonValueKind.String && UtcTimestampConverter.TryParse(value.GetString(), out _),
        FieldKind.Whole => IsWhole(value) && IsInRange(value.GetDouble()),
        FieldKind.Number => IsNumber(value, out var number) && IsInRange(number),
        FieldKind.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        FieldKind.Object => value.ValueKind == JsonValueKind.Object,
        FieldKind.List => value.ValueKind == JsonValueKind.Array,
        _ => true,
    };

    private bool IsInRange(double number) => !(number < Min) && !(number > Max);

    private string Range() => (Min, Max) switch
    {
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $" from {min} to {max}"),
        ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {min}"),
        (null, { } max) => string.Create(CultureInfo.InvariantCulture, $" of at most {max}"),
        _ => "",
    };

    private static bool IsName(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Length is > 0 and <= MaxNameLength;

    private static bool IsWhole(JsonElement value) =>
        IsNumber(value, out var number) && Math.Floor(number) == number && Math.Abs(number) <= MaxWhole;

    // 1e999 is a valid JSON number that no reader can hold.
    private static bool IsNumber(JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && double.IsFinite(number);
    }

    private static string Preview(JsonElement value) =>
        FieldError.Preview(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
}
