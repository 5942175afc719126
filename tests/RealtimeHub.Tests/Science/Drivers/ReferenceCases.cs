using System.Text.Json;

namespace RealtimeHub.Tests.Science.Drivers;

/// <summary>The reference values of tests/vectors/reference.</summary>
internal static class ReferenceCases
{
    public static IReadOnlyList<ReferenceCase> Soundings { get; } = Load("soundings.json");

    public static IReadOnlyList<ReferenceCase> Columns { get; } = Load("columns.json");

    public static IEnumerable<ReferenceCase> All => Soundings.Concat(Columns);

    public static ReferenceCase Sounding(string id) => Soundings.Single(sounding => sounding.Id == id);

    public static JsonElement Read(params string[] path) =>
        JsonElement.Parse(File.ReadAllBytes(Path.Combine([AppContext.BaseDirectory, "vectors", .. path])));

    private static List<ReferenceCase> Load(string file) =>
        [.. Read("reference", file).GetProperty("cases").EnumerateArray().Select(json => new ReferenceCase(json))];
}
