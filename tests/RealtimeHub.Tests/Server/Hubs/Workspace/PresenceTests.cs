using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Workspace;

public class PresenceTests
{
    [Fact]
    public async Task P205_people_see_who_is_there_who_comes_and_who_leaves()
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var ada = await server.ConnectAsync(WorkspaceServer.Ada);
        await using var bob = await server.ConnectAsync(WorkspaceServer.Bob);
        await ada.CallAsync("Subscribe", new { channel = "team:t1", metadata = new { tab = "board" } });
        var alone = (await ada.WaitForAsync("PresenceState"))[0];

        await bob.CallAsync("Subscribe", new { channel = "team:t1" });
        var both = (await bob.WaitForAsync("PresenceState"))[0];
        var joined = (await WaitForDiffAsync(ada, "joins", "bob"))!.Value;
        await bob.CallAsync("Unsubscribe", new { id = "team:t1" });
        var left = (await WaitForDiffAsync(ada, "leaves", "bob"))!.Value;

        Assert.Equal(["ada"], Members(alone.Argument));
        Assert.Equal("board", alone["members"][0].GetProperty("connections")[0].GetProperty("metadata").GetProperty("tab").GetString());
        Assert.Equal(["ada", "bob"], Members(both.Argument).Order());
        Assert.Equal(2, joined.GetProperty("count").GetInt32());
        Assert.Equal(1, left.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task P205_several_connections_of_one_person_are_one_person()
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var bob = await server.ConnectAsync(WorkspaceServer.Bob);
        await using var first = await server.ConnectAsync(WorkspaceServer.Ada);
        await using var second = await server.ConnectAsync(WorkspaceServer.Ada);
        await bob.CallAsync("Subscribe", new { channel = "team:t1" });
        await first.CallAsync("Subscribe", new { channel = "team:t1" });
        await second.CallAsync("Subscribe", new { channel = "team:t1" });

        var state = (await bob.CallAsync("Presence", new { channel = "team:t1" })).GetProperty("presence");
        await first.CallAsync("Unsubscribe", new { id = "team:t1" });
        var after = (await bob.CallAsync("Presence", new { channel = "team:t1" })).GetProperty("presence");

        var ada = state.GetProperty("members").EnumerateArray().Single(m => m.GetProperty("user_id").GetString() == "ada");
        Assert.Equal(2, state.GetProperty("count").GetInt32());
        Assert.Equal(2, ada.GetProperty("connections").EnumerateArray().Select(c => c.GetProperty("ref").GetString()).Distinct().Count());
        Assert.Equal(2, after.GetProperty("count").GetInt32());
        Assert.DoesNotContain(bob.All, p => p.Target == "PresenceDiff" && p["leaves"].GetArrayLength() > 0);
    }

    [Fact]
    public async Task P206_who_is_cut_off_stays_for_15_seconds_and_may_come_back_unnoticed()
    {
        var clock = new ManualTimeProvider();
        await using var server = await WorkspaceServer.StartAsync(clock: clock);
        await using var bob = await server.ConnectAsync(WorkspaceServer.Bob);
        await bob.CallAsync("Subscribe", new { channel = "team:t1" });
        await CutOffAsync(server, bob);

        clock.Advance(TimeSpan.FromSeconds(14));
        var during = await CountAsync(bob);
        await using (var back = await server.ConnectAsync(WorkspaceServer.Ada))
        {
            await back.CallAsync("Subscribe", new { channel = "team:t1" });
            clock.Advance(TimeSpan.FromSeconds(14));
            Assert.Equal(2, await CountAsync(bob));
            Assert.DoesNotContain(bob.All, p => p.Target == "PresenceDiff" && p["leaves"].GetArrayLength() > 0);
            back.Abort();
        }

        await server.WaitForConnectionsAsync(1);
        clock.Advance(TimeSpan.FromSeconds(16));
        await WaitForDiffAsync(bob, "leaves", "ada");

        Assert.Equal(2, during);
        Assert.Equal(1, await CountAsync(bob));
    }

    [Fact]
    public async Task P205_above_the_limit_only_the_number_is_told()
    {
        await using var server = await WorkspaceServer.StartAsync(new() { ["Workspace:MaxListedMembers"] = "1" });
        await using var ada = await server.ConnectAsync(WorkspaceServer.Ada);
        await using var bob = await server.ConnectAsync(WorkspaceServer.Bob);
        await ada.CallAsync("Subscribe", new { channel = "team:t1" });
        await bob.CallAsync("Subscribe", new { channel = "team:t1" });

        var state = (await bob.WaitForAsync("PresenceState"))[0];
        var diffs = await ada.WaitAsync(all => all.Any(p => p.Target == "PresenceDiff" && p["count"].GetInt32() == 2), "the count of 2");

        Assert.Equal(2, state["count"].GetInt32());
        Assert.False(state.Argument.TryGetProperty("members", out _));
        var crowd = diffs.First(p => p.Target == "PresenceDiff" && p["count"].GetInt32() == 2);
        Assert.False(crowd.Argument.TryGetProperty("joins", out _));
    }

    [Fact]
    public async Task P205_who_does_not_want_to_be_seen_is_not_and_hears_nothing()
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var ada = await server.ConnectAsync(WorkspaceServer.Ada);
        await using var bob = await server.ConnectAsync(WorkspaceServer.Bob);
        await ada.SubscribeAsync("team:t1", presence: false);
        await bob.SubscribeAsync("team:t1", presence: true);

        Assert.Equal(1, await CountAsync(ada));
        Assert.DoesNotContain(ada.All, p => p.Target is "PresenceState" or "PresenceDiff");
    }

    [Fact]
    public async Task P205_metadata_is_bounded()
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var ada = await server.ConnectAsync(WorkspaceServer.Ada);

        var result = await ada.CallAsync("Subscribe", new { channel = "team:t1", metadata = new { note = new string('x', 201) } });

        Assert.Equal("INVALID_REQUEST", result.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(0, await CountAsync(ada));
    }

    private static async Task CutOffAsync(HubServer server, HubProbe bob)
    {
        await using var ada = await server.ConnectAsync(WorkspaceServer.Ada);
        await ada.CallAsync("Subscribe", new { channel = "team:t1" });
        await WaitForDiffAsync(bob, "joins", "ada");
        ada.Abort();
        await server.WaitForConnectionsAsync(1);
    }

    private static async Task<int> CountAsync(HubProbe probe) =>
        (await probe.CallAsync("Presence", new { channel = "team:t1" })).GetProperty("presence").GetProperty("count").GetInt32();

    private static IEnumerable<string?> Members(JsonElement state) => state.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("user_id").GetString());

    private static async Task<JsonElement?> WaitForDiffAsync(HubProbe probe, string list, string user)
    {
        bool Fits(HubPush push) => push.Target == "PresenceDiff" && push[list].EnumerateArray().Any(m =>
            (m.ValueKind == JsonValueKind.String ? m.GetString() : m.GetProperty("user_id").GetString()) == user);
        var all = await probe.WaitAsync(pushes => pushes.Any(Fits), $"{user} in {list}");
        return all.First(Fits).Argument;
    }
}
