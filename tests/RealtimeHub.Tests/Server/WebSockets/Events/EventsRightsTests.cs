using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Auth;

namespace RealtimeHub.Tests.Server.WebSockets.Events;

/// <summary>What becomes of a connection whose rights change, or whose server fails.</summary>
public class EventsRightsTests
{
    [Theory]
    [InlineData("""{"type":"resync","data":{"channel":"events","last_sequence":0}}""")]
    [InlineData("""{"type":"resync","channel":"events","last_sequence":0}""")]
    [InlineData("""{"type":"subscribe","data":{"events":["alert.*"]}}""")]
    public async Task P344_who_may_not_read_any_more_is_replayed_nothing(string request)
    {
        var door = new Door();
        await using var server = HubServer.Start(configure: host => host.ConfigureTestServices(s => s.AddSingleton<IChannelRule>(door)));
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await probe.SettleAsync();
        await http.PublishManyAsync(3);
        await probe.WaitForAsync("event", 3);

        door.IsClosed = true;
        await probe.SendAsync(request);
        var refused = await probe.NextAsync("error");
        await probe.SettleAsync();
        door.IsClosed = false;
        await probe.SendAsync(new { type = "resync", data = new { last_sequence = 1 } });
        var allowed = await probe.NextAsync("resync_ack");

        Assert.Equal("channel_forbidden", refused.GetProperty("error").GetString());
        Assert.Equal(2, allowed.GetProperty("replayed_count").GetInt32());
        Assert.Equal(2, probe.All.Count(m => m.TryGetProperty("replay", out _)));
    }

    [Fact]
    public async Task P344_a_new_credential_that_may_read_less_ends_the_connection_and_replays_nothing()
    {
        await using var server = HubServer.Start(
            new Dictionary<string, string?>
            {
                ["Auth:Tokens:0:Id"] = "ada",
                ["Auth:Tokens:0:Scopes:0"] = "jobs:read",
                ["Auth:Tokens:0:Sha256"] = SecretText.Hash("less"),
            },
            keys: [("ada", "more", "events:read")]);
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events", "more");
        await probe.SettleAsync();
        await http.PublishManyAsync(2);
        await probe.WaitForAsync("event", 2);

        await probe.SendAsync(new { type = "token_refresh", token = "less" });

        Assert.Equal(1008, await probe.WaitForCloseAsync());
        await using var again = await PlainProbe.ConnectAsync(server.Uri, "/ws/events?token=less", null);
        Assert.Equal(1008, await again.WaitForCloseAsync());
    }

    [Fact]
    public async Task P340_a_failure_of_the_server_closes_with_1011_and_says_nothing_of_its_cause()
    {
        var state = new FailingState();
        await using var server = HubServer.Start(configure: host => host.ConfigureTestServices(s => s.AddSingleton<ISharedState>(state)));
        server.Expect("A message on the plain connection");
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await probe.SettleAsync();

        state.Fails = true;
        await probe.SendAsync("ping");
        var status = await probe.WaitForCloseAsync();
        state.Fails = false;

        Assert.Equal((1011, "Internal error"), (status, probe.CloseText));
    }

    [Fact]
    public async Task P348_a_static_token_may_stand_in_the_url()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?>
        {
            ["Auth:Tokens:0:Id"] = "ada",
            ["Auth:Tokens:0:Scopes:0"] = "events:read",
            ["Auth:Tokens:0:Sha256"] = SecretText.Hash("xyz789"),
        });
        await using var right = await PlainProbe.ConnectAsync(server.Uri, "/ws/events?token=xyz789", null);
        await using var other = await PlainProbe.ConnectAsync(server.Uri, "/ws/system?token=xyz789", null);

        await right.SettleAsync();
        Assert.Equal(1008, await other.WaitForCloseAsync());
    }

    [Fact]
    public async Task P358_the_cookies_that_clients_know_hold_a_session_on_their_routes_only()
    {
        await using var server = HubServer.Start();
        var id = (await SessionTests.BeginAsync(server)).Cookie.Split('=')[1];
        foreach (var (path, cookie) in new[] { ("/ws/events", "session_id"), ("/ws/detections", "session_id"), ("/ws/jobs/j/logs", "session_id"), ("/ws", "kata.sid"), ("/ws", "rthub.sid") })
        {
            await using var probe = await PlainProbe.ConnectAsync(server.Uri, path, null, [("Cookie", $"{cookie}={id}")]);
            await probe.SettleAsync();
        }

        Assert.Equal(401, await PlainProbe.StatusAsync(server.Uri, "/ws", ("Cookie", $"session_id={id}")));
        Assert.Equal(401, await PlainProbe.StatusAsync(server.Uri, "/ws/climate", ("Cookie", $"session_id={id}")));
        await using var wrong = await PlainProbe.ConnectAsync(server.Uri, "/ws/events", null, [("Cookie", "session_id=nobody")]);
        Assert.Equal(1008, await wrong.WaitForCloseAsync());
    }

    private sealed class Door : IChannelRule
    {
        private volatile bool _isClosed;

        public bool IsClosed
        {
            get => _isClosed;
            set => _isClosed = value;
        }

        public IReadOnlyList<string> Families => ["events"];

        public ValueTask<ProtocolError?> ReadAsync(Principal principal, ChannelName channel, CancellationToken cancellationToken) =>
            ValueTask.FromResult(IsClosed ? ErrorCodes.ChannelForbidden.With("The channel is closed.") : null);

        public ValueTask<ProtocolError?> WriteAsync(Principal principal, ChannelName channel, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ProtocolError?>(null);
    }

    private sealed class FailingState : ISharedState
    {
        private volatile bool _fails;

        public bool Fails
        {
            get => _fails;
            set => _fails = value;
        }

        public bool IsShared => Fails;

        public string Node => "node";

        public TimeSpan NodeTimeout => TimeSpan.MaxValue;

        public TimeSpan CredentialGrace => TimeSpan.MaxValue;

        public ValueTask<bool> TryHoldAsync(string lease, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

        public ValueTask ReleaseAsync(string lease) => ValueTask.CompletedTask;

        public ValueTask<bool> TryUseOnceAsync(string what, TimeSpan lifetime, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

        public ValueTask<TimeSpan?> TakeAsync(string key, TimeSpan interval, int burst, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("The state is broken.");
    }
}
