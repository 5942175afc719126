using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.WebSockets.Simulation;

public class SimulationRouteTests
{
    private const string Live = "/ws/simulation_live";
    private const string Key = "mfn-key-of-the-tests";

    [Fact]
    public async Task P353_init_auth_and_subscribe_lead_to_every_state_and_the_end()
    {
        await using var server = Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Live, null);

        var init = await probe.AskAsync(new { type = "init", payload = new { protocol_version = "1.0", client_info = "test" } });
        var auth = await AuthAsync(probe);
        var success = await probe.AskAsync(Subscribe("s1", new { grid_size = 16, steps = 7, update_interval_steps = 3, include_full_state = true }));
        var states = await probe.WaitForAsync("simulation_state", 3);
        var complete = (await probe.WaitForAsync("simulation_complete"))[0];

        Assert.Equal(("init", "1.0"), (init.GetProperty("type").GetString(), init.GetProperty("payload").GetProperty("protocol_version").GetString()));
        Assert.Equal(("auth_success", false), (auth.GetProperty("type").GetString(), auth.TryGetProperty("payload", out _)));
        Assert.Equal(("subscribe_success", "s1"), (success.GetProperty("type").GetString(), success.GetProperty("stream_id").GetString()));
        Assert.Equal([3, 6, 7], states.Select(s => s.GetProperty("payload").GetProperty("step").GetInt32()));
        var first = states[0].GetProperty("payload");
        Assert.Equal(("s1", 7, "[16,16]"), (first.GetProperty("stream_id").GetString(), first.GetProperty("total_steps").GetInt32(), first.GetProperty("state").GetProperty("field_shape").GetRawText()));
        Assert.Equal(16 * 16 * 4, Convert.FromBase64String(first.GetProperty("state").GetProperty("field").GetProperty("data").GetString()!).Length);
        Assert.Equal(3, states.Select(s => s.GetProperty("payload").GetProperty("state").GetProperty("pot_mean_mV").GetDouble()).Distinct().Count());
        var final = complete.GetProperty("payload").GetProperty("final_metrics");
        Assert.Equal(JsonValueKind.Number, final.GetProperty("growth_events").ValueKind);
        Assert.True(complete.GetProperty("timestamp").GetInt64() > 1_000_000_000_000);
    }

    [Fact]
    public async Task P353_features_are_numbered_from_0_and_advance()
    {
        await using var server = Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/stream_features", null);
        await AuthAsync(probe);

        await probe.SendAsync(new { type = "subscribe", payload = new { stream_type = "stream_features", stream_id = "f", @params = new { update_interval_ms = 20, features = new[] { "pot_mean_mV", "fractal_dimension" } } } });
        var updates = (await probe.WaitForAsync("feature_update", 5)).Take(5).Select(u => u.GetProperty("payload")).ToList();
        await probe.SendAsync(new { type = "unsubscribe", payload = new { stream_id = "f" } });
        var echo = (await probe.WaitForAsync("unsubscribe"))[0];

        Assert.Equal([0L, 1L, 2L, 3L, 4L], updates.Select(u => u.GetProperty("sequence").GetInt64()));
        Assert.All(updates, u => Assert.Equal(["pot_mean_mV", "fractal_dimension"], u.GetProperty("features").EnumerateObject().Select(f => f.Name)));
        Assert.Equal(5, updates.Select(u => u.GetProperty("features").GetProperty("pot_mean_mV").GetDouble()).Distinct().Count());
        Assert.Equal("f", echo.GetProperty("stream_id").GetString());
    }

    [Theory]
    [InlineData("mfn-key-of-the-tests", 0, true, "auth_success", null)]
    [InlineData("mfn-key-of-the-tests", -600_000, false, "auth_failed", "AUTH_FAILED")]
    [InlineData("mfn-key-of-the-tests", 301_000, false, "auth_failed", "AUTH_FAILED")]
    [InlineData("wrong", 0, false, "auth_failed", "AUTH_FAILED")]
    public async Task P353_a_key_needs_its_time_and_a_signature_that_is_there_is_checked(string key, int offset, bool isSigned, string type, string? code)
    {
        await using var server = Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Live, null);
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + offset;
        var signature = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(timestamp.ToString(CultureInfo.InvariantCulture))));

        var wrong = await probe.AskAsync(new { type = "auth", payload = new { api_key = key, timestamp, signature = new string('0', 64) } });
        var answer = await probe.AskAsync(isSigned
            ? new { type = "auth", payload = (object)new { api_key = key, timestamp, signature } }
            : new { type = "auth", payload = (object)new { api_key = key, timestamp } });

        Assert.Equal("AUTH_FAILED", wrong.GetProperty("payload").GetProperty("error_code").GetString());
        Assert.Equal(type, answer.GetProperty("type").GetString());
        Assert.Equal(code, answer.TryGetProperty("payload", out var payload) ? payload.GetProperty("error_code").GetString() : null);
    }

    [Fact]
    public async Task P353_what_cannot_be_subscribed_is_answered_at_once()
    {
        await using var server = Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Live, null);

        var early = await probe.AskAsync(Subscribe("a", new { }));
        await probe.AskAsync(new { type = "auth", payload = new { api_key = Key } });
        await AuthAsync(probe);
        var alpha = await probe.AskAsync(Subscribe("a", new { alpha = 0.5 }));
        var large = await probe.AskAsync(Subscribe("a", new { grid_size = 257 }));
        var kind = await probe.AskAsync(new { type = "subscribe", payload = new { stream_type = "nope", stream_id = "a" } });
        await probe.AskAsync(Subscribe("a", new { grid_size = 8, steps = 1_000 }));
        await probe.SendAsync(Subscribe("a", new { grid_size = 16 }));
        var twice = (await probe.WaitForAsync("subscribe_failed", 5))[4];

        Assert.Equal(
            ["NOT_AUTHENTICATED", "SUBSCRIBE_ERROR", "SUBSCRIBE_ERROR", "SUBSCRIBE_ERROR", "SUBSCRIBE_FAILED"],
            new[] { early, alpha, large, kind, twice }.Select(m => m.GetProperty("payload").GetProperty("error_code").GetString()));
        Assert.Equal("Must authenticate before subscribing", early.GetProperty("payload").GetProperty("message").GetString());
    }

    [Fact]
    public async Task P353_the_heartbeat_route_has_no_streams_and_beats()
    {
        var clock = new ManualTimeProvider();
        await using var server = Start(clock);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/heartbeat", Key);

        var refused = await probe.AskAsync(Subscribe("a", new { }));
        clock.Advance(TimeSpan.FromSeconds(31));
        await probe.NextAsync("heartbeat");
        await probe.SettleAsync();
        clock.Advance(TimeSpan.FromSeconds(59));
        await probe.SettleAsync();
        clock.Advance(TimeSpan.FromSeconds(60.5));

        Assert.Equal("SUBSCRIBE_FAILED", refused.GetProperty("payload").GetProperty("error_code").GetString());
        Assert.Equal((4001, "heartbeat timeout"), (await probe.WaitForCloseAsync(), probe.CloseText));
    }

    [Fact]
    public async Task P353_unknown_types_are_ignored_close_closes_and_text_that_is_no_json_ends_the_connection()
    {
        await using var server = Start();
        await using var polite = await PlainProbe.ConnectAsync(server.Uri, Live, null);
        await using var rude = await PlainProbe.ConnectAsync(server.Uri, Live, null);

        await polite.SendAsync(new { type = "dance" });
        var init = await polite.AskAsync(new { type = "init", payload = new { protocol_version = "1.0" } });
        await polite.SendAsync(new { type = "close" });
        await rude.SendAsync("not json");

        Assert.Equal("init", init.GetProperty("type").GetString());
        Assert.Equal(1000, await polite.WaitForCloseAsync());
        Assert.Equal(1008, await rude.WaitForCloseAsync());
    }

    [Fact]
    public async Task P353_a_viewer_that_stands_still_is_told_what_it_has_lost_and_gets_the_end()
    {
        await using var server = Start(settings: new Dictionary<string, string?> { ["WebSockets:Simulation:QueueFrames"] = "10" });
        server.Expect("frames behind");
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Live, null);
        await AuthAsync(probe);
        probe.Pause();

        await probe.SendAsync(Subscribe("s", new { grid_size = 128, steps = 250, include_full_state = true }));
        await using var quick = await PlainProbe.ConnectAsync(server.Uri, Live, null);
        await AuthAsync(quick);
        await quick.SendAsync(Subscribe("q", new { grid_size = 128, steps = 250, include_full_state = true }));
        await quick.WaitForAsync("simulation_complete");
        probe.Resume();
        await probe.WaitForAsync("simulation_complete");

        var states = probe.All.Count(m => m.GetProperty("type").GetString() == "simulation_state");
        var lost = probe.All.Where(m => m.GetProperty("type").GetString() == "frames_dropped").Sum(m => m.GetProperty("payload").GetProperty("count").GetInt32());
        Assert.Equal(250, states + lost);
        Assert.True(lost > 0);
    }

    [Fact]
    public async Task P359_streams_with_equal_content_on_one_connection_each_have_all_of_it()
    {
        await using var server = Start();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, Live, null);
        await AuthAsync(probe);

        foreach (var id in new[] { "a", "b", "c", "d", "e" })
        {
            await probe.SendAsync(Subscribe(id, new { grid_size = 8, steps = 150, seed = 7 }));
        }

        await probe.WaitForAsync("simulation_complete", 4);
        var refused = (await probe.WaitForAsync("subscribe_failed"))[0];

        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            var states = probe.All.Where(m => m.GetProperty("type").GetString() == "simulation_state" && m.GetProperty("stream_id").GetString() == id).ToList();
            Assert.Equal(Enumerable.Range(1, 150), states.Select(s => s.GetProperty("payload").GetProperty("step").GetInt32()));
        }

        var means = probe.All.Where(m => m.GetProperty("type").GetString() == "simulation_state" && m.GetProperty("payload").GetProperty("step").GetInt32() == 150)
            .Select(m => m.GetProperty("payload").GetProperty("state").GetRawText()).Distinct();
        Assert.Single(means);
        Assert.Equal(("SUBSCRIBE_FAILED", "e"), (refused.GetProperty("payload").GetProperty("error_code").GetString(), refused.GetProperty("payload").GetProperty("stream_id").GetString()));
    }

    internal static Task<JsonElement> AuthAsync(PlainProbe probe) =>
        probe.AskAsync(new { type = "auth", payload = new { api_key = Key, timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() } });

    internal static HubServer Start(ManualTimeProvider? clock = null, Dictionary<string, string?>? settings = null) =>
        HubServer.Start(settings, clock, [("mfn", Key, "simulation:read simulation:run")]);

    internal static object Subscribe(string id, object parameters) => new { type = "subscribe", payload = new { stream_type = "simulation_live", stream_id = id, @params = parameters } };
}
