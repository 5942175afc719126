using System.Text.Json;

namespace RealtimeHub.Tests.Server.Hubs.Events.Schema;

/// <summary>Reads the cases of one vector file of the security events.</summary>
internal static class EventVectors
{
    public static TheoryData<string> Ids(string file, Func<JsonElement, bool>? where = null) =>
        [.. Cases(file).Where(c => where?.Invoke(c) ?? true).Select(c => c.GetProperty("id").GetString()!)];

    public static JsonElement Case(string file, string id) => Cases(file).Single(c => c.GetProperty("id").GetString() == id);

    public static JsonElement Read(string file) =>
        JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "events", file)));

    private static JsonElement[] Cases(string file) => [.. Read(file).GetProperty("cases").EnumerateArray()];
}
