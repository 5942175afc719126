using System.Text.Json;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Workspace;

namespace RealtimeHub.Tests.Redis;

/// <summary>Who is there, across nodes.</summary>
public sealed class NodesPresenceTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task P319_people_of_all_nodes_see_one_another_come_and_leave()
    {
        var settings = Settings();
        await using var first = await WorkspaceServer.StartAsync(settings);
        await using var second = await WorkspaceServer.StartAsync(settings);
        await using var ada = await first.ConnectAsync(WorkspaceServer.Ada);
        await using var bob = await second.ConnectAsync(WorkspaceServer.Bob);

        await ada.CallAsync("Subscribe", new { channel = "team:t1", metadata = new { tab = "board" } });
        await bob.CallAsync("Subscribe", new { channel = "team:t1" });
        var joined = await DiffAsync(ada, "joins", "bob");
        await DiffAsync(bob, "joins", "ada", orState: true);
        await bob.CallAsync("Unsubscribe", new { id = "team:t1" });
        var left = await DiffAsync(ada, "leaves", "bob");

        Assert.Equal((2, 1), (joined.GetProperty("count").GetInt32(), left.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task P319_a_node_that_starts_later_knows_who_is_there_and_one_that_is_gone_takes_its_people_along()
    {
        var settings = Settings();
        await using var first = await WorkspaceServer.StartAsync(settings);
        await using var ada = await first.ConnectAsync(WorkspaceServer.Ada);
        await ada.CallAsync("Subscribe", new { channel = "team:t1" });

        await using (var second = await WorkspaceServer.StartAsync(settings))
        {
            await using var bob = await second.ConnectAsync(WorkspaceServer.Bob);
            await bob.CallAsync("Subscribe", new { channel = "team:t1" });
            await DiffAsync(bob, "joins", "ada", orState: true);
            await DiffAsync(ada, "joins", "bob");
        }

        await DiffAsync(ada, "leaves", "bob");
    }

    private Dictionary<string, string?> Settings()
    {
        var settings = HubNodes.Settings(redis.Server.Endpoint, $"{Guid.NewGuid():N}:");
        settings["Redis:NodeTimeout"] = "00:00:02";
        settings["Workspace:PresenceGrace"] = "00:00:00";
        return settings;
    }

    private static async Task<JsonElement> DiffAsync(HubProbe probe, string member, string user, bool orState = false)
    {
        JsonElement? found = null;
        await probe.WaitAsync(
            all =>
            {
                var pushes = all.Where(p => p.Target == "PresenceDiff" && Names(p.Argument, member).Contains(user))
                    .Concat(orState ? all.Where(p => p.Target == "PresenceState" && Names(p.Argument, "members").Contains(user)) : []).ToList();
                found = pushes.Count > 0 ? pushes[^1].Argument : null;
                return found is not null;
            },
            $"{member} with {user}");
        return found!.Value;
    }

    private static IEnumerable<string?> Names(JsonElement push, string member) =>
        push.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(m => m.ValueKind == JsonValueKind.String ? m.GetString() : m.GetProperty("user_id").GetString())
            : [];
}
