using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Pumps;

namespace RealtimeHub.Benchmarks.Micro;

/// <summary>Takes the first write and never finishes it.</summary>
internal sealed class StalledSink : IFrameSink
{
    private readonly TaskCompletionSource _never = new();

    public CancellationToken Closed => CancellationToken.None;

    public TimeSpan Stuck => TimeSpan.Zero;

    public ValueTask WriteAsync(Frame frame) => new(_never.Task);

    public ValueTask WriteAsync(HubMessage message) => new(_never.Task);

    public ValueTask FlushAsync(bool isBurst) => default;

    public void Abort()
    {
    }
}
