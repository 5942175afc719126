using System.Diagnostics;
using System.Net;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Redis;

/// <summary>What callers are told while Redis is away, and how a server is reached that is there.</summary>
public sealed class RedisAwayTests
{
    private static readonly ChannelName Plain = ChannelName.Parse("plain");

    private static AppendRequest Request => new(Plain, [TestEnvelopes.Envelope() with { Payload = JsonPayload.FromValidUtf8("{}"u8.ToArray()) }]);

    [Fact]
    public async Task P314_publishing_is_tried_again_and_then_refused_and_from_the_fifth_failure_on_at_once()
    {
        await using var redis = await StartAsync();
        var options = RedisNode.Quick(redis.Endpoint, "away:");
        options.CallTimeout = TimeSpan.FromSeconds(1);
        options.RetryDelay = TimeSpan.FromMilliseconds(200);
        options.BreakerPause = TimeSpan.FromMinutes(1);
        await using var node = await RedisNode.StartAsync(options, EngineParts.Family(name: "plain"));
        await node.Store.AppendAsync(Request, TestContext.Current.CancellationToken);
        await redis.KillAsync();

        var start = Stopwatch.GetTimestamp();
        await RefusedAsync(node);
        var retried = Stopwatch.GetElapsedTime(start);
        await RefusedAsync(node);
        start = Stopwatch.GetTimestamp();
        await RefusedAsync(node);
        var atOnce = Stopwatch.GetElapsedTime(start);

        // Three tries again: 200, 400 and 800 ms, each 10 to 30 % longer; the breaker may end them one earlier.
        Assert.InRange(retried.TotalMilliseconds, 650, 5_000);
        Assert.InRange(atOnce.TotalMilliseconds, 0, 150);
    }

    [Fact]
    public async Task P314_a_server_without_its_Redis_answers_503_and_is_not_ready_until_it_is_back()
    {
        await using var redis = await StartAsync();
        var settings = HubNodes.Settings(redis.Endpoint, "ready:", callSeconds: 1);
        settings["Redis:MaxRestarts"] = "1";
        await using var server = HubServer.Start(settings);
        server.Expect("Redis");
        server.Expect("Health check");
        using var http = server.Http();
        await UntilAsync(http, HttpStatusCode.OK);

        await redis.KillAsync();
        using var refused = await http.PostEventAsync(SampleEvent.Security(1));
        var problem = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await UntilAsync(http, HttpStatusCode.ServiceUnavailable);
        await redis.StartAgainAsync();
        await UntilAsync(http, HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("\"UNAVAILABLE\"", problem, StringComparison.Ordinal);
        Assert.Contains("\"retryable\":true", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task P321_what_is_known_of_revocations_counts_on_for_a_while_and_then_everybody_is_refused_until_Redis_is_back()
    {
        await using var redis = await StartAsync();
        var settings = HubNodes.Settings(redis.Endpoint, "grace:", callSeconds: 1);
        settings["Redis:CredentialGrace"] = "00:00:03";
        await using var server = HubServer.Start(settings);
        server.Expect("Redis");
        server.Expect("Health check");
        server.Expect("revoked");
        server.Expect("redential");
        using var http = server.Http();
        await UntilAsync(http, HttpStatusCode.OK, "/api/v1/channels");

        await redis.KillAsync();
        using var soon = await http.GetAsync(new Uri("/api/v1/channels", UriKind.Relative), TestContext.Current.CancellationToken);
        await UntilAsync(http, HttpStatusCode.ServiceUnavailable, "/api/v1/channels");
        await redis.StartAgainAsync();
        await UntilAsync(http, HttpStatusCode.OK, "/api/v1/channels");

        Assert.Equal(HttpStatusCode.OK, soon.StatusCode);
    }

    [Fact]
    public async Task P315_channels_are_spread_over_several_servers_each_with_its_password_and_database()
    {
        await using var first = await StartAsync("--requirepass", "secret");
        await using var second = await StartAsync();
        var options = RedisNode.Quick(first.Endpoint, "spread:");
        options.Endpoints = [$"redis://:secret@{first.Endpoint}/3", second.Endpoint];
        await using var writer = await RedisNode.StartAsync(options, EngineParts.Family(name: "job") with { HasIds = true });
        await using var reader = await RedisNode.StartAsync(options, EngineParts.Family(name: "job") with { HasIds = true });

        for (var i = 0; i < 20; i++)
        {
            var name = ChannelName.Parse($"job:{i}");
            await writer.Store.AppendAsync(Request with { Channel = name }, TestContext.Current.CancellationToken);
            Assert.Equal(1, (await reader.Store.OpenAsync(name, TestContext.Current.CancellationToken))!.Log.Newest);
        }

        var here = await first.CliAsync("--no-auth-warning", "-a", "secret", "-n", "3", "keys", "spread:*:stream");
        var there = await second.CliAsync("keys", "spread:*:stream");
        Assert.InRange(here.Split('\n').Length, 3, 17);
        Assert.Equal(20, here.Split('\n').Length + there.Split('\n').Length);
    }

    [Fact]
    public void P321_each_of_several_nodes_gives_its_share_of_a_limit()
    {
        var limit = new RealtimeHub.Server.Limits.PaceLimit("calls", 500, TimeSpan.FromSeconds(1), 1_000).SharedBy(4);

        Assert.Equal((125.0, 250, TimeSpan.FromSeconds(1).Ticks / 125), (limit.Count, limit.Burst, limit.IntervalTicks));
    }

    private static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        return await RedisServer.StartAsync(arguments);
    }

    private static Task<ChannelStoreUnavailableException> RefusedAsync(RedisNode node) =>
        Assert.ThrowsAsync<ChannelStoreUnavailableException>(async () => await node.Store.AppendAsync(Request, TestContext.Current.CancellationToken));

    private static async Task UntilAsync(HttpClient http, HttpStatusCode status, string path = "/health/ready")
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            using var ready = await http.GetAsync(new Uri(path, UriKind.Relative), limit.Token);
            if (ready.StatusCode == status)
            {
                return;
            }

            await Task.Delay(50, limit.Token);
        }
    }
}
