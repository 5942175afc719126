using System.Collections.Frozen;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>The words that rows of the event table are written in. All are required unless they say otherwise.</summary>
internal static class Field
{
    public static FieldRule Id(string name) => new(name, FieldKind.Id);

    public static FieldRule Name(string name) => new(name, FieldKind.Name);

    public static FieldRule Text(string name) => new(name, FieldKind.Text);

    public static FieldRule Timestamp(string name) => new(name, FieldKind.Timestamp);

    public static FieldRule Flag(string name) => new(name, FieldKind.Flag);

    public static FieldRule Any(string name) => new(name, FieldKind.Any);

    public static FieldRule Whole(string name, double? min = null, double? max = null) =>
        new(name, FieldKind.Whole) { Min = min, Max = max };

    public static FieldRule Number(string name, double? min = null, double? max = null) =>
        new(name, FieldKind.Number) { Min = min, Max = max };

    public static FieldRule Object(string name, params FieldRule[] members) =>
        new(name, FieldKind.Object) { Members = members.Length == 0 ? null : new PayloadShape(members) };

    public static FieldRule List(string name, FieldRule item) => new(name, FieldKind.List) { Item = item };

    public static FieldRule Choice(string name, params string[] words) => new(name, FieldKind.Choice)
    {
        Words = words,
        Choices = words.ToFrozenDictionary(w => w, StringComparer.OrdinalIgnoreCase),
    };
}
