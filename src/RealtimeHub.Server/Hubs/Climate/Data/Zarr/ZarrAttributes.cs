using System.Text.Json;

namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>The attributes of a group or an array. One that is absent, or of another kind than asked for, is null.</summary>
internal sealed class ZarrAttributes(JsonElement json)
{
    public static ZarrAttributes None { get; } = new(default);

    public string? Text(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public double? Number(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? number : null;

    /// <summary>A list of text; null unless every item is text.</summary>
    public IReadOnlyList<string>? Names(string name)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        var names = new List<string>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            names.Add(item.GetString()!);
        }

        return names;
    }

    public bool Has(string name) => Find(name) is not null;

    private JsonElement? Find(string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
}
