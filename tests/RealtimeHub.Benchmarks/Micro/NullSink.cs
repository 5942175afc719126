using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Pumps;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary>Takes every write at once, so that only the pump itself is measured.</summary>
internal sealed class NullSink : IFrameSink
{
    public CancellationToken Closed => CancellationToken.None;

    public TimeSpan Stuck => TimeSpan.Zero;

    public ValueTask WriteAsync(Frame frame) => ValueTask.CompletedTask;

    public ValueTask WriteAsync(HubMessage message) => ValueTask.CompletedTask;

    public ValueTask FlushAsync(bool isBurst) => default;

    public void Abort()
    {
    }
}
