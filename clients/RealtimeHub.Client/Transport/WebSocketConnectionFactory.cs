using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using RealtimeHub.Client.Connections;

namespace RealtimeHub.Client.Transport;

/// <summary>Opens WebSockets straight to a hub, without negotiation.</summary>
internal sealed class WebSocketConnectionFactory(RealtimeClientOptions options, ReceiveWindow window) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var uri = ((UriEndPoint)endpoint).Uri;
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.SetRequestHeader("User-Agent", ClientHeaders.UserAgent);
        try
        {
            if (options.Effective is { } credential)
            {
                foreach (var (name, value) in await credential.HeadersAsync(options.TimeProvider, cancellationToken).ConfigureAwait(false))
                {
                    socket.Options.SetRequestHeader(name, value);
                }
            }

            await socket.ConnectAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException e)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw RealtimeConnectionException.NotOpened(uri, status == 0 ? null : status, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        socket.HttpResponseHeaders = null;
        return new WebSocketConnection(socket, options, window);
    }
}
