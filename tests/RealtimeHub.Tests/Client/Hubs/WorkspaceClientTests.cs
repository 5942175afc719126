using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Protocol.Workspace;
using RealtimeHub.Tests.Client.Scripted;
using RealtimeHub.Tests.Server.Hubs.Workspace;

namespace RealtimeHub.Tests.Client.Hubs;

public class WorkspaceClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workspace_delivers_events_and_presence_over_a_reconnect_without_a_hole()
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var ada = server.Client(WorkspaceServer.Ada);
        await using var bob = server.Client(WorkspaceServer.Bob);
        var (frames, states, diffs) = (new EventLog<StreamItem>(), new EventLog<PresenceState>(), new EventLog<PresenceDiff>());
        ada.Workspace.PresenceStateReceived += (_, state) => states.Add(state);
        ada.Workspace.PresenceChanged += (_, diff) => diffs.Add(diff);
        var subscription = await ada.Workspace.SubscribeAsync(
            new SubscribeWorkspaceRequest { Channel = "team:t1" },
            (item, _) =>
            {
                frames.Add(item);
                return ValueTask.CompletedTask;
            },
            Cancellation);
        await states.NextAsync(s => s.Members!.Any(m => m.UserId == "ada"));

        await bob.Workspace.SubscribeAsync(new SubscribeWorkspaceRequest { Channel = "team:t1" }, (_, _) => ValueTask.CompletedTask, Cancellation);
        await diffs.NextAsync(d => d.Joins?.Any(j => j.UserId == "bob") == true);
        await PublishAsync(bob, 1);
        await frames.NextAsync(i => i.Frame?.Sequence == 1);
        server.CutConnections();
        await PublishAsync(bob, 2);
        await frames.NextAsync(i => i.Frame?.Sequence == 2);

        Assert.Equal(0, subscription.Coverage.Totals().Missing);
        Assert.Equal(["ada", "bob"], (await ada.Workspace.PresenceAsync("team:t1", Cancellation)).Members!.Select(m => m.UserId).Order());
    }

    [Fact]
    public async Task Workspace_refuses_channels_of_other_teams_with_a_code()
    {
        await using var server = await WorkspaceServer.StartAsync();
        await using var eve = server.Client(WorkspaceServer.Eve);

        var subscribe = await Assert.ThrowsAsync<ProtocolErrorException>(
            () => eve.Workspace.SubscribeAsync(new SubscribeWorkspaceRequest { Channel = "team:t1" }, (_, _) => ValueTask.CompletedTask, Cancellation));
        var presence = await Assert.ThrowsAsync<ProtocolErrorException>(() => eve.Workspace.PresenceAsync("spec:spec-1", Cancellation));

        Assert.Equal(("CHANNEL_FORBIDDEN", "CHANNEL_FORBIDDEN"), (subscribe.Error.Code, presence.Error.Code));
    }

    private static async Task PublishAsync(RealtimeHub.Client.RealtimeClient client, int id)
    {
        // A repeat with the same event id is published once, so a connection that was cut under the call does no harm.
        while (true)
        {
            try
            {
                var result = await client.Channels.PublishAsync("team:t1", new() { Type = "log_entry", EventId = $"e{id}", Payload = RealtimeHub.Protocol.Channels.JsonPayload.FromValidUtf8("{}"u8.ToArray()) });
                Assert.Null(result.Error);
                return;
            }
            catch (RealtimeConnectionException)
            {
                // Again.
            }
        }
    }
}
