using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Hubs;

namespace RealtimeHub.Tests.Engine.Hubs;

/// <summary>What the engine promises of raw sends beyond what SignalR does.</summary>
public class EngineHubTests
{
    private const string Say = ContractHub.Say;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P90_no_send_waits_for_a_connection_that_does_not_read()
    {
        await using var server = await ContractServer.StartAsync(isEngine: true);
        await using var stalled = await server.ConnectAsync("ann", isPaused: true);
        await using var healthy = await server.ConnectAsync("ann");
        await healthy.CallAsync("Join", "red");
        await server.Hub.Groups.AddToGroupAsync(stalled.Id, "red", None);

        await StallAsync(server, healthy);
        var sends = new[]
        {
            server.Hub.Clients.All.SendAsync(Say, "all", None),
            server.Hub.Clients.Group("red").SendAsync(Say, "group", None),
            server.Hub.Clients.User("ann").SendAsync(Say, "user", None),
            server.Hub.Clients.Client(stalled.Id).SendAsync(Say, "client", None),
        };

        Assert.All(sends, s => Assert.True(s.IsCompletedSuccessfully));
        await server.FenceAsync(healthy);
        Assert.Equal(2, server.Connections.Count);
        Assert.Equal(["all", "group", "user"], healthy.Heard.TakeLast(3));
    }

    [Theory]
    [InlineData(3_000, 4_500)]
    [InlineData(100_000, 250)]
    public async Task P91_a_connection_whose_share_is_full_is_closed_and_the_others_miss_nothing(int size, int count)
    {
        await using var server = await ContractServer.StartAsync(isEngine: true);
        await using var stalled = await server.ConnectAsync("ann", isPaused: true);
        await using var healthy = await server.ConnectAsync("bob");

        await FloodAsync(server, healthy, new string('x', size), count);
        var gone = await Record.ExceptionAsync(() => server.Hub.Clients.Client(stalled.Id).InvokeAsync<int>("Double", 1, None));
        stalled.Probe.Resume();
        await stalled.Probe.WaitForCloseAsync();

        Assert.IsType<IOException>(gone);
        await server.WaitForConnectionsAsync(1);
        Assert.Equal(count, healthy.Heard.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task P90_a_message_is_serialised_once_per_protocol_however_many_receive_it(int protocols)
    {
        await using var server = await ContractServer.StartAsync(isEngine: true, s => s.AddSingleton<IHubProtocol>(new RenamedProtocol("other")));
        var peers = new List<Peer>();
        for (var i = 0; i < 20; i++)
        {
            peers.Add(await server.ConnectAsync("ann", protocol: i % protocols == 0 ? "json" : "other"));
            await peers[i].CallAsync("Join", $"g{i % 2}");
        }

        var (all, users, groups, clients) = (new CountedText("all"), new CountedText("users"), new CountedText("groups"), new CountedText("clients"));
        await server.Hub.Clients.All.SendAsync(Say, all, None);
        await server.Hub.Clients.User("ann").SendAsync(Say, users, None);
        await server.Hub.Clients.Groups("g0", "g1").SendAsync(Say, groups, None);
        await server.Hub.Clients.Clients(peers.Select(p => p.Id)).SendAsync(Say, clients, None);
        await server.FenceAsync([.. peers]);

        Assert.All(peers, p => Assert.Equal(["all", "users", "groups", "clients"], p.Heard));
        Assert.All([all, users, groups, clients], m => Assert.Equal(protocols, m.Count));
        await Task.WhenAll(peers.Select(p => p.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task P90_what_nobody_receives_is_not_serialised()
    {
        await using var server = await ContractServer.StartAsync(isEngine: true);
        await using var peer = await server.ConnectAsync();
        var text = new CountedText("lost");

        await server.Hub.Clients.Group("empty").SendAsync(Say, text, None);
        await server.Hub.Clients.User("nobody").SendAsync(Say, text, None);
        await server.Hub.Clients.Client("nobody").SendAsync(Say, text, None);

        Assert.Equal(0, text.Count);
    }

    [Fact]
    public async Task P90_groups_that_were_left_leave_nothing_behind()
    {
        await using var server = await ContractServer.StartAsync(isEngine: true);
        await using var peer = await server.ConnectAsync();

        for (var i = 0; i < 100; i++)
        {
            await server.Hub.Groups.AddToGroupAsync(peer.Id, $"g{i}", None);
            await server.Hub.Clients.Group($"g{i}").SendAsync(Say, $"{i}", None);
        }

        var held = Logs(server, "_groups").Count();
        for (var i = 0; i < 100; i++)
        {
            await server.Hub.Groups.RemoveFromGroupAsync(peer.Id, $"g{i}", None);
        }

        await server.FenceAsync(peer);
        Assert.Equal(100, held);
        Assert.Empty(Logs(server, "_groups"));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), peer.Heard);
    }

    [Fact]
    public async Task P90_a_connection_that_has_gone_leaves_nothing_behind()
    {
        await using var server = await ContractServer.StartAsync(isEngine: true);
        await using var stays = await server.ConnectAsync("bob");
        await using var peer = await server.ConnectAsync("ann");
        await peer.CallAsync("Join", "g1");
        await server.Hub.Clients.Client(peer.Id).SendAsync(Say, "a", None);
        await server.FenceAsync(peer, stays);

        peer.Probe.Abort();
        await server.WaitForConnectionsAsync(1);

        Assert.DoesNotContain(Logs(server, "_groups"), l => l == "g1");
        Assert.DoesNotContain(Logs(server, "_users"), l => l == "ann");
        Assert.DoesNotContain(Logs(server, "_own"), l => l == peer.Id);
        Assert.Contains(Logs(server, "_users"), l => l == "bob");
    }

    [Fact]
    public async Task P90_a_question_that_cannot_be_encoded_is_not_waited_for()
    {
        await using var server = await ContractServer.StartAsync(isEngine: true);
        await using var peer = await server.ConnectAsync();
        var cycle = new List<object>();
        cycle.Add(cycle);

        await Assert.ThrowsAsync<JsonException>(() => server.Hub.Clients.Client(peer.Id).InvokeAsync<int>("Double", cycle, None));

        Assert.False(server.Manager.TryGetReturnType("s1", out _));
        await server.FenceAsync(peer);
    }

    // Sends until the buffers between the server and a client that does not read are full.
    private static async Task StallAsync(ContractServer server, Peer healthy)
    {
        var lag = 0L;
        for (var i = 0; lag < 5; i++)
        {
            Assert.True(i < 5_000, "The connection that does not read takes everything.");
            await FloodAsync(server, healthy, new string('x', 15_000), 10);
            lag = Channels(server, "_all")["*"].Cursors().Max(c => c.Lag);
        }
    }

    // Never more in flight than one share holds, so that only who does not read falls behind.
    private static async Task FloodAsync(ContractServer server, Peer healthy, string text, int count)
    {
        var step = Math.Max(1, 500_000 / Math.Max(text.Length, 5_000));
        var before = healthy.Probe.All.Count;
        for (var i = 1; i <= count; i++)
        {
            await server.Hub.Clients.AllExcept("nobody").SendAsync(Say, text, None);
            if (i % step == 0 || i == count)
            {
                var sent = before + i;
                await healthy.Probe.WaitAsync(all => all.Count >= sent, $"message {sent}");
            }
        }
    }

    private static IEnumerable<string> Logs(ContractServer server, string field) => [.. Channels(server, field).Keys];

    // The logs that the manager holds; nothing outside can see them.
    private static Dictionary<string, Channel> Channels(ContractServer server, string field)
    {
        const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;
        var channels = typeof(ChannelHubLifetimeManager<ContractHub>).GetField(field, Private)!.GetValue(server.Manager)!;
        return (Dictionary<string, Channel>)typeof(RawChannels).GetField("_channels", Private)!.GetValue(channels)!;
    }
}
