using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.WebSockets.Vectors;

/// <summary>One case of the vectors that describes steps on a plain WebSocket, brought into one form.</summary>
/// <param name="Id">Its id.</param>
/// <param name="System">The folder it is in.</param>
/// <param name="Path">The route.</param>
/// <param name="Data">The case.</param>
internal sealed record VectorCase(string Id, string System, string Path, JsonElement Data)
{
    private static readonly (string Folder, string File, string Path)[] Files =
    [
        ("events", "subscriptions.json", "/ws/events"), ("events", "validation-and-dispatch.json", "/ws/events"), ("events", "auth.json", "/ws/events"),
        ("events", "lifecycle-and-limits.json", "/ws/events"), ("kata", "session-flows.json", "/ws"), ("kata", "auth-upgrade.json", "/ws"),
        ("mfn", "connect-and-auth.json", "/ws/stream_features"), ("mfn", "subscribe-params.json", "/ws/simulation_live"), ("mfn", "streams.json", "/ws/simulation_live"),
        ("kfm", "validation.json", "/ws/climate"),
    ];

    // What makes a case one of steps on a socket.
    private static readonly string[] Marks = ["send", "send_text", "send_text_repeat", "steps", "connect", "expect_state_steps", "connect_attempts"];

    public static IReadOnlyList<VectorCase> All { get; } = [.. Files.SelectMany(f => Read(f.Folder, f.File, f.Path))];

    /// <summary>What is sent and expected, step by step.</summary>
    public IEnumerable<JsonElement> Steps
    {
        get
        {
            if (Data.TryGetProperty("steps", out var steps))
            {
                return steps.EnumerateArray();
            }

            return Data.TryGetProperty("send", out _) || Data.TryGetProperty("send_text", out _) || Data.TryGetProperty("send_text_repeat", out _) ? [Data] : [];
        }
    }

    /// <summary>A setting of the server that the case needs.</summary>
    public JsonElement? Setting(string name) =>
        Data.TryGetProperty("server", out var server) && server.TryGetProperty(name, out var value) ? value
        : Data.TryGetProperty("connect", out var connect) && connect.TryGetProperty("server", out server) && server.TryGetProperty(name, out value) ? value
        : null;

    /// <summary>A part of the case's connect.</summary>
    public IEnumerable<JsonProperty> Connect(string name) =>
        Data.TryGetProperty("connect", out var connect) && connect.TryGetProperty(name, out var part) ? part.EnumerateObject() : [];

    private static IEnumerable<VectorCase> Read(string folder, string file, string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(global::System.IO.Path.Combine(WorkTree.Root, "tests", "vectors", folder, file)));
        foreach (var data in document.RootElement.GetProperty("cases").EnumerateArray().Where(c => Marks.Any(m => c.TryGetProperty(m, out _))))
        {
            var own = data.TryGetProperty("path", out var given) ? given.GetString()
                : data.TryGetProperty("connect", out var connect) && connect.TryGetProperty("path", out given) ? given.GetString() : null;
            yield return new VectorCase(data.GetProperty("id").GetString()!, folder, own ?? path, data.Clone());
        }
    }
}
