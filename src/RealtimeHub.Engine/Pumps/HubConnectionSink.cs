using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Engine.Pumps;

/// <summary>The portable sink: writes through SignalR, whatever the transport.</summary>
internal sealed class HubConnectionSink(HubConnectionContext connection) : IFrameSink
{
    public CancellationToken Closed => connection.ConnectionAborted;

    public TimeSpan Stuck => TimeSpan.Zero;

    public ValueTask WriteAsync(Frame frame) => frame.IsFor(connection.Protocol) ? connection.WriteAsync(frame.Message) : default;

    public ValueTask WriteAsync(HubMessage message) => connection.WriteAsync(message);

    public ValueTask FlushAsync(bool isBurst) => default;

    public void Abort() => connection.Abort();
}
