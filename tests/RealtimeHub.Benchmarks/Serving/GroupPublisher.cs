using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Sends frames to a SignalR group, as an application without channels does.</summary>
internal sealed class GroupPublisher(IHubContext<BenchHub> hub) : IBenchPublisher
{
    private readonly IClientProxy _group = hub.Clients.Group(BenchHub.Group);

    public Task JoinAsync(HubCallerContext connection, IGroupManager groups, bool fromOldest) =>
        groups.AddToGroupAsync(connection.ConnectionId, BenchHub.Group, connection.ConnectionAborted);

    public ValueTask PublishAsync(string payload) => new(_group.SendAsync("frame", payload));
}
