using System.Net.WebSockets;
using RealtimeHub.Engine.Transport;

namespace RealtimeHub.Engine.Plain;

/// <summary>An accepted WebSocket that no pump writes to yet.</summary>
public sealed class PlainSocket
{
    internal PlainSocket(WebSocket socket, SharedOutput output) => (WebSocket, Output) = (socket, output);

    /// <summary>The socket.</summary>
    public WebSocket WebSocket { get; }

    internal SharedOutput Output { get; }
}
