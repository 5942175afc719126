using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Transport;

namespace RealtimeHub.Engine.Plain;

/// <summary>Puts WebSockets without a hub protocol under pumps. Thread-safe.</summary>
public sealed class PlainConnections
{
    private readonly EngineContext _engine;
    private readonly HubConnections _connections;

    /// <summary>Uses the engine in a container.</summary>
    public PlainConnections(IServiceProvider services)
    {
        _engine = services.GetRequiredService<EngineContext>();
        _connections = services.GetRequiredService<HubConnections>();
    }

    /// <summary>Whether the request can become such a connection: a WebSocket over HTTP/1.1.</summary>
    public static bool CanAccept(HttpContext http) => http.Features.Get<IHttpUpgradeFeature>() is SharedUpgrade && http.WebSockets.IsWebSocketRequest;

    /// <summary>Accepts the WebSocket of a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="subprotocol">What is echoed; null for none.</param>
    public static async Task<PlainSocket> AcceptAsync(HttpContext http, string? subprotocol)
    {
        var upgrade = (SharedUpgrade)http.Features.Get<IHttpUpgradeFeature>()!;
        var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = subprotocol,
            KeepAliveInterval = TimeSpan.Zero,
        });
        return new PlainSocket(socket, upgrade.Output!);
    }

    /// <summary>Opens a connection; dispose it when its loop has ended.</summary>
    public PlainConnection Open(ConnectionContext context, string? userId, PlainSocket socket, IPlainEncoder encoder) =>
        new(context, userId, socket.WebSocket, socket.Output, encoder, _engine, _connections);
}
