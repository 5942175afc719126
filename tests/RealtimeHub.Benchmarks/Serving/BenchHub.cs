using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Every connection joins one group and then only listens.</summary>
internal sealed class BenchHub(ConnectionCounter counter) : Hub
{
    /// <summary>Where the hub is.</summary>
    public const string Path = "/hub";

    /// <summary>The group that everything is sent to.</summary>
    public const string Group = "g";

    public override async Task OnConnectedAsync()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, Group, Context.ConnectionAborted);
        counter.Increment();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        counter.Decrement();
        return Task.CompletedTask;
    }
}
