using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Workspace;

/// <summary>Rules of the workspace vectors that are not sessions: fan-out, types, defaults, on the hub.</summary>
public class KataRuleTests
{
    [Fact]
    public async Task P26_one_broken_connection_does_not_stop_the_others_and_is_removed()
    {
        var vector = Case("hub-fanout.json", "kata-hub-3");
        await using var server = await WorkspaceServer.StartAsync();
        using var http = server.Http(WorkspaceServer.Ada);
        await using var broken = await server.ConnectAsync(WorkspaceServer.Ada);
        await using var healthy = await server.ConnectAsync(WorkspaceServer.Bob);
        await broken.SubscribeAsync("team:t1");
        await healthy.SubscribeAsync("team:t1");

        broken.Abort();
        await http.PublishAsync(new { type = vector.GetProperty("publish").GetProperty("payload").GetProperty("type").GetString(), payload = new { } }, "team:t1");
        await healthy.WaitForAsync("Workspace");
        await server.WaitForConnectionsAsync(1);

        Assert.Single(healthy.All, p => p.Target == "Workspace");
    }

    [Fact]
    public async Task P15_subscriptions_are_counted_by_channel_and_a_second_one_delivers_nothing_twice()
    {
        var counted = Case("hub-fanout.json", "kata-hub-4");
        await using var server = await WorkspaceServer.StartAsync();
        using var http = server.Http(WorkspaceServer.Ada);
        await using var probe = await server.ConnectAsync(WorkspaceServer.Ada);

        await probe.SubscribeAsync("team:t1");
        await probe.SubscribeAsync("team:t1");
        await probe.SubscribeAsync("spec:spec-1");
        await http.PublishAsync(new { type = "spec_updated", payload = new { } }, "team:t1");
        await http.PublishAsync(new { type = "spec_updated", payload = new { } }, "spec:spec-1");
        await probe.WaitForAsync("Workspace", 2);
        await probe.CallAsync("Ping");

        var pump = Assert.Single(server.Services.GetRequiredService<HubConnections>().Pumps);
        Assert.Equal(counted.GetProperty("expect").GetProperty("counts").GetProperty("a").GetInt32(), pump.Subscriptions.Count);
        Assert.Equal(2, probe.All.Count(p => p.Target == "Workspace"));
    }

    [Theory]
    [InlineData("kata-proto-out-3")]
    [InlineData("kata-proto-out-6")]
    [InlineData("kata-proto-out-7")]
    [InlineData("kata-proto-out-8")]
    [InlineData("kata-proto-out-9")]
    [InlineData("kata-proto-out-bad-2")]
    public async Task P201_services_publish_the_types_of_events_and_none_of_the_answers(string id)
    {
        // The vectors' envelope serves answers too; on a hub an answer is the result of its call, so nobody can publish one.
        var input = Case("protocol.json", id).GetProperty("input");
        var channel = input.TryGetProperty("channel", out var given) ? given.GetString()! : "team:t1";
        var isEvent = input.GetProperty("type").GetString() is "spec_updated" && channel.Length > 0;
        await using var server = await WorkspaceServer.StartAsync();
        await using var probe = await server.ConnectAsync(WorkspaceServer.Ada);

        var result = await probe.CallAsync("Publish", new { channel, @event = new { type = input.GetProperty("type").GetString(), payload = new { }, eventId = input.GetProperty("eventId").GetString() } });

        Assert.Equal(isEvent, !result.TryGetProperty("error", out var error));
        Assert.Contains(isEvent ? null : error.GetProperty("code").GetString(), new[] { null, "INVALID_PAYLOAD", "INVALID_CHANNEL" });
    }

    [Fact]
    public async Task P7_an_unknown_command_fails_and_the_connection_lives()
    {
        var command = Case("protocol.json", "kata-proto-in-5").GetProperty("input").GetProperty("type").GetString()!;
        await using var server = await WorkspaceServer.StartAsync();
        await using var probe = await server.ConnectAsync(WorkspaceServer.Ada);

        await Assert.ThrowsAsync<InvalidOperationException>(() => probe.CallAsync(command, new { channel = "team:t1" }));

        Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task P84_the_defaults_are_the_documented_ones()
    {
        var expect = Case("config.json", "kata-cfg-1").GetProperty("expect");
        await using var server = HubServer.Start();

        var hub = server.Services.GetRequiredService<IOptions<HubOptions>>().Value;

        Assert.Equal(expect.GetProperty("wsHeartbeatIntervalMs").GetDouble(), hub.KeepAliveInterval!.Value.TotalMilliseconds);
        Assert.Equal(expect.GetProperty("wsHeartbeatTimeoutMs").GetDouble(), hub.ClientTimeoutInterval!.Value.TotalMilliseconds);
        Assert.Equal(expect.GetProperty("wsMaxSubscriptionsPerConnection").GetInt32(), new ChannelEngineOptions().MaxSubscriptionsPerConnection);
    }

    private static JsonElement Case(string file, string id) => JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "kata", file)))
        .RootElement.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id);
}
