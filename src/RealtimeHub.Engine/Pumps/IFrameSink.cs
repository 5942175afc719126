using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Engine.Pumps;

/// <summary>How a pump writes to its connection. Another transport is another sink.</summary>
/// <remarks>Used only by its pump, one write at a time.</remarks>
internal interface IFrameSink
{
    /// <summary>Cancelled when the connection is gone.</summary>
    CancellationToken Closed { get; }

    /// <summary>How long the connection has not taken what was written; zero where the transport itself watches that.</summary>
    TimeSpan Stuck { get; }

    /// <summary>Writes a frame's shared bytes. Completes at once while the connection takes them.</summary>
    ValueTask WriteAsync(Frame frame);

    /// <summary>Writes a message that is this connection's own.</summary>
    ValueTask WriteAsync(HubMessage message);

    /// <summary>Sends what was written, or soon if more follows at once. Called when there is nothing more to write for now.</summary>
    ValueTask FlushAsync(bool isBurst);

    /// <summary>Cuts the connection.</summary>
    void Abort();
}
