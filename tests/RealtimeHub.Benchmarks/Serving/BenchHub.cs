using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Every connection joins the one audience there is and then only listens.</summary>
internal sealed class BenchHub(ConnectionCounter counter, IBenchPublisher publisher) : Hub
{
    /// <summary>Where the hub is.</summary>
    public const string Path = "/hub";

    /// <summary>The group that frames are sent to.</summary>
    public const string Group = "g";

    public override async Task OnConnectedAsync()
    {
        await publisher.JoinAsync(Context, Groups, Context.GetHttpContext()?.Request.Query.ContainsKey("resume") == true);
        counter.Increment();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        counter.Decrement();
        return Task.CompletedTask;
    }
}
