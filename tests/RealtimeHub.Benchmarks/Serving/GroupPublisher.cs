using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Sends frames to the SignalR group, as an application without channels does.</summary>
internal sealed class GroupPublisher(IHubContext<BenchHub> hub) : IBenchPublisher
{
    private readonly IClientProxy _group = hub.Clients.Group(BenchHub.Group);

    public ValueTask PublishAsync(string payload) => new(_group.SendAsync("frame", payload));
}
