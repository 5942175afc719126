using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Engine.Transport;

/// <summary>Puts <see cref="SharedUpgrade"/> before everything else that a request meets.</summary>
internal sealed class SharedUpgradeStartupFilter(IOptions<SocketTransportOptions> transportOptions, FlushQueue queue, TimeProvider clock) : IStartupFilter
{
    /// <summary>
    /// The size of the server's own output buffers that lets a flush end only when the socket has taken everything: then nothing of the
    /// server's is on its way when bytes go to the socket directly, and a connection that does not read holds little.
    /// </summary>
    public const int BufferBytes = 2;

    private static readonly Type PlainPipe = new Pipe().Writer.GetType();

    private readonly bool _drains = transportOptions.Value.MaxWriteBufferSize == BufferBytes;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade
                && context.Features.Get<IConnectionTransportFeature>() is { Transport: { } transport })
            {
                var socket = PlainSocket(context.Features, transport.Output);
                context.Features.Set<IHttpUpgradeFeature>(new SharedUpgrade(upgrade, transport.Output, socket, queue, clock));
            }

            return following(context);
        });
        next(app);
    };

    // What TLS, or anything else between the server and its socket, makes of the bytes must not be passed by.
    private Socket? PlainSocket(IFeatureCollection features, PipeWriter output)
    {
        if (!_drains
            || output.GetType() != PlainPipe
            || features.Get<ITlsHandshakeFeature>() is not null
            || features.Get<IConnectionSocketFeature>() is not { Socket: { } socket })
        {
            return null;
        }

        // What is sent directly must not wait; the server's own asynchronous use is as before.
        socket.Blocking = false;
        return socket;
    }
}
