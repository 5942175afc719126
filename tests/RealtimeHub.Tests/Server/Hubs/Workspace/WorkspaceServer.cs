using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Workspace;

/// <summary>A server with two teams: ada and bob in t1, eve in t2; spec-1 and agent-1 belong to t1, spec-2 to t2.</summary>
internal static class WorkspaceServer
{
    public const string Hub = "/hubs/workspace";
    public const string Ada = "ada-key";
    public const string Bob = "bob-key";
    public const string Eve = "eve-key";

    /// <summary>Of eve's team, with every scope to read.</summary>
    public const string Mallory = "mallory-key";

    private const string Scopes = "workspace:read spec:write agent:write team:write";

    public static async Task<HubServer> StartAsync(
        Dictionary<string, string?>? settings = null, ManualTimeProvider? clock = null, Action<IWebHostBuilder>? configure = null)
    {
        var server = HubServer.Start(settings, clock, [("ada@t1", Ada, Scopes), ("bob@t1", Bob, Scopes), ("eve@t2", Eve, Scopes), ("mallory@t2", Mallory, "workspace:read jobs:read simulation:read climate:read xai:read")], configure);
        if (settings?.ContainsKey("Workspace:DirectoryUrl") != true && configure is null)
        {
            await server.OwnAsync("spec", "spec-1", "t1");
            await server.OwnAsync("spec", "spec-2", "t2");
            await server.OwnAsync("agent", "agent-1", "t1");
        }

        return server;
    }

    public static async Task OwnAsync(this HubServer server, string kind, string id, string team)
    {
        using var http = server.Http();
        using var response = await http.PutAsJsonAsync($"/api/v1/workspace/resources/{kind}/{id}", new { team });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public static Task<HubProbe> ConnectAsync(this HubServer server, string key) => HubProbe.ConnectAsync(server.Uri, Hub, key);

    public static async Task<string?> SubscribeAsync(this HubProbe probe, string channel, bool presence = false)
    {
        var result = await probe.CallAsync("Subscribe", new { channel, presence });
        return result.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;
    }

    public static object Updated(int version) => new { type = "spec_updated", payload = new { specId = "spec-1", version } };
}
