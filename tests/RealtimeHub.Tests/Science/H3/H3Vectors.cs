using System.Text.Json;
using RealtimeHub.Science.H3;

namespace RealtimeHub.Tests.Science.H3;

/// <summary>Values of the reference library, tests/vectors/reference/h3.json.</summary>
internal static class H3Vectors
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors", "reference");
    private static readonly JsonElement Root = Read("h3.json");

    public static JsonElement.ArrayEnumerator Of(string operation) => Root.GetProperty(operation).EnumerateArray();

    public static H3Index Cell(this JsonElement text) => H3Index.Parse(text.GetString()!);

    public static H3Index[] Cells(this JsonElement texts) => [.. texts.EnumerateArray().Select(Cell)];

    public static LatLng Point(this JsonElement pair) => new(pair[0].GetDouble(), pair[1].GetDouble());

    /// <summary>The polygons of a geometry that a vector gives in place or by the name of a file and a feature of it.</summary>
    public static IEnumerable<double[][][]> Polygons(this JsonElement vector)
    {
        var geometry = vector.TryGetProperty("geometry", out var own) ? own : Refer(vector.GetProperty("geometry_ref").GetString()!);
        var coordinates = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() == "MultiPolygon"
            ? coordinates.Deserialize<double[][][][]>()!
            : [coordinates.Deserialize<double[][][]>()!];
    }

    private static JsonElement Refer(string reference)
    {
        var parts = reference.Split('#');
        var root = Read(parts[0]);
        var feature = root.GetProperty("type").GetString() == "FeatureCollection"
            ? root.GetProperty("features").EnumerateArray().First(f => parts.Length == 1 || f.GetProperty("id").GetString() == parts[1])
            : root;
        return feature.TryGetProperty("geometry", out var geometry) ? geometry : feature;
    }

    private static JsonElement Read(string file) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(Folder, file)));
}
