using System.IO.Pipelines;

namespace RealtimeHub.Engine.Transport;

/// <summary>SignalR's pipes of a connection, of which the output goes straight to the WebSocket.</summary>
internal sealed class DirectTransport(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input { get; } = input;

    public PipeWriter Output { get; } = output;
}
