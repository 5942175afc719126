using System.Text.Json;

namespace RealtimeHub.Tests.Server.Policy;

/// <summary>The decision cases of the climate system (tests/vectors/kfm).</summary>
internal static class KfmVectors
{
    public static JsonElement Case(string file, string id)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors/kfm", file)));
        return json.RootElement.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id).Clone();
    }

    public static IReadOnlyList<JsonElement> Cases(string file, string prefix)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors/kfm", file)));
        return [.. json.RootElement.GetProperty("cases").EnumerateArray().Where(c => c.GetProperty("id").GetString()!.StartsWith(prefix, StringComparison.Ordinal)).Select(c => c.Clone())];
    }
}
