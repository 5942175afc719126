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
        try
        {
            return await OpenAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (RealtimeConnectionException e) when (e.StatusCode == HttpStatusCode.Unauthorized && options.Credential is not null)
        {
            // What was given may have expired on the way; the next one is the last.
            return await OpenAsync(uri, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ConnectionContext> OpenAsync(Uri uri, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            await ConfigureAsync(socket.Options, cancellationToken).ConfigureAwait(false);
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

    private async Task ConfigureAsync(ClientWebSocketOptions socket, CancellationToken cancellationToken)
    {
        socket.CollectHttpResponseDetails = true;
        socket.KeepAliveInterval = TimeSpan.Zero;
        socket.SetRequestHeader("User-Agent", ClientHeaders.UserAgent);
        if (options.Effective is { } credential)
        {
            foreach (var (name, value) in await credential.HeadersAsync(options.TimeProvider, cancellationToken).ConfigureAwait(false))
            {
                socket.SetRequestHeader(name, value);
            }
        }
    }
}
