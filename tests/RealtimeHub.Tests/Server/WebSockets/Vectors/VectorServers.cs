using System.Globalization;
using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.WebSockets.Vectors;

/// <summary>One server for all cases that ask for the same settings.</summary>
/// <remarks>Cases run one after the other. What a case publishes stays, so those that count frames have a server of their own.</remarks>
public sealed class VectorServers : IAsyncDisposable
{
    private readonly Dictionary<string, HubServer> _servers = [];

    internal HubServer Get(VectorCase vector, Dictionary<string, string?> settings, List<(string, string, string)> keys)
    {
        var fault = vector.Data.TryGetProperty("fault", out var f) ? f.GetString() : null;
        var isAlone = vector.Data.TryGetProperty("publish_count", out _) || vector.Data.TryGetProperty("connect_attempts", out _) || vector.Data.TryGetProperty("fault", out _);
        var name = $"{vector.System} {vector.Id.StartsWith("kata-auth", StringComparison.Ordinal)} {fault} {(isAlone ? vector.Id : "")} {JsonSerializer.Serialize(settings)} {string.Join(' ', keys)}";
        if (!_servers.TryGetValue(name, out var server))
        {
            _servers.Add(name, server = HubServer.Start(settings, ClockOf(vector), keys, VectorFaults.Of(vector)));
            server.Expect("The credential scheme");
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, server) in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private static ManualTimeProvider? ClockOf(VectorCase vector)
    {
        if (vector.System is "mfn" or "kfm")
        {
            return null;
        }

        var clock = new ManualTimeProvider();
        if (vector.System == "kata")
        {
            clock.Advance(DateTimeOffset.Parse("2026-02-26T00:00:00.000Z", CultureInfo.InvariantCulture) - clock.GetUtcNow());
        }

        return clock;
    }
}
