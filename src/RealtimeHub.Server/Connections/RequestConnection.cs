using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;

namespace RealtimeHub.Server.Connections;

/// <summary>A request that lives on as a connection of its own, outside SignalR.</summary>
internal sealed class RequestConnection : DefaultConnectionContext, IHttpContextFeature
{
    private readonly TaskCompletionSource _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RequestConnection(HttpContext http)
        : base(Guid.NewGuid().ToString("N"))
    {
        HttpContext = http;
        Features.Set<IHttpContextFeature>(this);
    }

    public HttpContext? HttpContext { get; set; }

    /// <summary>Completes when the server wants it to end, after what is already on its way.</summary>
    public Task Ending => _ending.Task;

    public void End() => _ending.TrySetResult();

    public override void Abort(ConnectionAbortedException abortReason) => Abort();

    public override void Abort()
    {
        try
        {
            HttpContext?.Abort();
        }
        catch (ObjectDisposedException)
        {
            // The request has ended meanwhile.
        }
    }
}
