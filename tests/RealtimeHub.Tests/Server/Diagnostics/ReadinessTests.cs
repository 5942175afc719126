using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Diagnostics;

public sealed class ReadinessTests
{
    [Fact]
    public async Task A_single_node_does_not_hang_on_redis()
    {
        await using var server = HubServer.Start();

        Assert.Equal(["drain", "audit", "revocations", "channels"], await ChecksAsync(server));
    }

    [Fact]
    public async Task A_node_that_shares_a_redis_hangs_on_it()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Redis:Endpoints:0"] = redis.Endpoint });

        Assert.Contains("redis", await ChecksAsync(server));
    }

    private static async Task<IEnumerable<string?>> ChecksAsync(HubServer server)
    {
        using var http = server.Http();
        var answer = await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("check").GetString());
    }
}
