using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;

namespace RealtimeHub.Engine.Transport;

/// <summary>Upgrades a request as the server does, and keeps hold of the output, so that frames can be written past the WebSocket object.</summary>
/// <remarks>The handshake, its checks and everything a client sends stay with the framework.</remarks>
internal sealed class SharedUpgrade(
    IHttpUpgradeFeature inner, PipeWriter writer, Socket? socket, FlushQueue queue, TimeProvider clock) : IHttpUpgradeFeature
{
    private SharedOutput? _output;

    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>The output of the connection; null until it is upgraded.</summary>
    public SharedOutput? Output => Volatile.Read(ref _output);

    public async Task<Stream> UpgradeAsync()
    {
        // The answer to the handshake is sent; from here on nothing but this writes to the connection.
        var stream = await inner.UpgradeAsync();
        var output = new SharedOutput(writer, socket, queue, clock);
        Volatile.Write(ref _output, output);
        return new SharedUpgradeStream(stream, output);
    }
}
