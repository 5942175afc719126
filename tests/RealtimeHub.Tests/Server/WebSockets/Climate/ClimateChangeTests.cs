using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Climate;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.WebSockets.Climate;

/// <summary>Running subscriptions on the climate route: when the policy changes, and when nobody reads.</summary>
public sealed class ClimateChangeTests : IDisposable
{
    private static readonly GeoBox Protected = new(-98.2, 38.2, -97.6, 38.8);
    private static readonly double[] Asked = [-99, 37.6, -96.8, 39.4];

    private const int Subscriptions = 4;

    private readonly string _policy = Path.Combine(Path.GetTempPath(), $"policy-{Guid.NewGuid():N}.geojson");

    public void Dispose() => File.Delete(_policy);

    [Fact]
    public async Task P352_a_new_policy_holds_for_the_next_frame_and_ends_what_it_shows_nothing_of()
    {
        await File.WriteAllTextAsync(_policy, PolicyBench.Json(("deny", 5, Protected)), TestContext.Current.CancellationToken);
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Policy:File"] = _policy }, keys: [("reader", "reader-key", "climate:read")]);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/climate", "reader-key");
        var before = await probe.AskAsync(ClimateRequests.Fields(Asked, "t2m").With("type", "subscribe").With("options", new { interval_seconds = 3_600 }).With("on_protected", "conceal"));

        await ChangeAsync(server, PolicyBench.Json(("deny", 5, Protected), ("deny", 5, new(-97.4, 39.0, -97.1, 39.3))));
        var less = await probe.NextAsync("data");
        await ChangeAsync(server, PolicyBench.Json(("deny", 5, new(-100.5, 36.9, -95, 40.2))));
        var end = await probe.NextAsync();
        var again = await probe.AskAsync(new { type = "unsubscribe", id = "sub-001" });

        Assert.True(Hidden(less) > Hidden(before), $"{Hidden(before)} values were hidden, then {Hidden(less)}.");
        Assert.Equal(("error", "sub-001", "CARE_POLICY_VIOLATION"), (end.GetProperty("type").GetString(), end.GetProperty("ref").GetString(), end.GetProperty("code").GetString()));
        Assert.Equal("SUBSCRIPTION_NOT_FOUND", again.GetProperty("code").GetString());
    }

    [Fact]
    public async Task P352_a_reader_that_stands_still_is_told_that_it_lags_and_follows_a_coarser_channel()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Policy:Quotas:standard"] = "1000000000" }, clock);
        server.Expect("frames behind on climate-fields");
        await using var quick = await PlainProbe.ConnectAsync(server.Uri, "/ws/climate");
        await using var slow = await PlainProbe.ConnectAsync(server.Uri, "/ws/climate", receiveBuffer: 4_096);
        foreach (var seed in Enumerable.Range(1, Subscriptions))
        {
            var request = ClimateRequests.Fields(null, "t2m", "td2m", "u10", "v10", "sp", "tskin", "r2m", "orog")
                .With("type", "subscribe").With("id", $"sub-{seed}").With("options", new { interval_seconds = 1, seed }).With("max_lag_frames", 2);
            await quick.AskAsync(request);
            await slow.AskAsync(request);
        }

        slow.Pause();

        // Less than the 90 seconds after which a client that answers no ping is taken for dead.
        for (var i = 2; i <= 80; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await quick.WaitForAsync("data", i * Subscriptions);
        }

        slow.Resume();
        var told = await slow.NextAsync("control");
        for (var i = 1; i <= 60 && !slow.All.Any(IsCoarse); i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await slow.SendAsync(new { type = "unsubscribe", id = "nothing" });
            await slow.WaitForAsync("error", i);
        }

        Assert.Contains(told.GetProperty("code").GetString(), new[] { "RATE_LIMIT", "FRAMES_DROPPED" });
        Assert.StartsWith("sub-", told.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Contains(slow.All, IsCoarse);
        Assert.DoesNotContain(quick.All, m => TypeOf(m) == "control");
        Assert.True(slow.All.Count(m => TypeOf(m) == "data") < 80 * Subscriptions, "Nothing was left out.");
    }

    private static string? TypeOf(JsonElement message) => message.GetProperty("type").GetString();

    private static bool IsCoarse(JsonElement message) => TypeOf(message) == "data"
        && message.GetProperty("data").GetProperty("t2m").GetProperty("values").GetProperty("shape").GetRawText() == "[7,13]";

    private static int Hidden(JsonElement frame)
    {
        var bytes = Convert.FromBase64String(frame.GetProperty("data").GetProperty("t2m").GetProperty("values").GetProperty("data").GetString()!);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray().Count(float.IsNaN);
    }

    private async Task ChangeAsync(HubServer server, string policy)
    {
        await File.WriteAllTextAsync(_policy, policy, TestContext.Current.CancellationToken);
        await server.Services.GetRequiredService<PolicyStore>().ReadAsync(TestContext.Current.CancellationToken);
    }
}
