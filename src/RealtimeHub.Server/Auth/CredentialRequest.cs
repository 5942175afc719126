using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace RealtimeHub.Server.Auth;

/// <summary>Where credentials stand in a request.</summary>
internal static class CredentialRequest
{
    private const string Bearer = "Bearer ";
    private const string SubprotocolPrefix = "api-key.";

    // The cookies that clients of the plain routes know, beside the configured one.
    private static readonly (PathString Path, string Cookie)[] DocumentedCookies =
        [("/ws/events", "session_id"), ("/ws/detections", "session_id"), ("/ws/system", "session_id"), ("/ws/jobs", "session_id")];

    public const string ApiKeyHeader = "X-API-Key";

    /// <summary>Whether the request is to a hub: only there may credentials stand in the URL.</summary>
    public static bool IsHub(HttpRequest request) => request.Path.StartsWithSegments("/hubs");

    /// <summary>Whether the request is to a plain WebSocket route: each of them says itself which credentials it takes.</summary>
    public static bool IsPlain(HttpRequest request) => request.Path.StartsWithSegments("/ws");

    /// <summary>Whether the request negotiates.</summary>
    public static bool IsNegotiate(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Value!.EndsWith("/negotiate", StringComparison.Ordinal);

    /// <summary>Whether the request opens a WebSocket, over HTTP/1.1 or HTTP/2.</summary>
    public static bool IsWebSocket(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" }
        || (context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true
            && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase));

    /// <summary>The bearer token of the header.</summary>
    public static string? BearerOf(HttpRequest request)
    {
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
    }

    /// <summary>A credential of a hub's URL, or of a plain route's that takes them there.</summary>
    public static string? QueryOf(HttpContext context, string name) =>
        (IsHub(context.Request) || TakesQuery(context.Request)) && context.Features.Get<QueryCredentials>() is { } query ? query.Find(name) : null;

    /// <summary>The id of the session that a request belongs to: in the configured cookie, or in the one that the route's system documents.</summary>
    public static string? SessionOf(HttpRequest request, string cookie)
    {
        if (request.Cookies.TryGetValue(cookie, out var id))
        {
            return id;
        }

        var documented = IsPlain(request) ? !TakesQuery(request) ? "kata.sid" : Array.Find(DocumentedCookies, c => request.Path.StartsWithSegments(c.Path)).Cookie : null;
        return documented is not null && request.Cookies.TryGetValue(documented, out id) ? id : null;
    }

    /// <summary>The API key that stands among the subprotocols of a plain route: <c>api-key.KEY</c>.</summary>
    public static string? SubprotocolKeyOf(HttpContext context) => TakesQuery(context.Request) && SubprotocolOf(context) is { } offered
        ? offered[SubprotocolPrefix.Length..]
        : null;

    /// <summary>The subprotocol that holds an API key, which has to be echoed.</summary>
    public static string? SubprotocolOf(HttpContext context) => context.WebSockets.WebSocketRequestedProtocols
        .FirstOrDefault(p => p.Length > SubprotocolPrefix.Length && p.StartsWith(SubprotocolPrefix, StringComparison.Ordinal));

    // The workspace's own route takes headers and cookies only.
    private static bool TakesQuery(HttpRequest request) => IsPlain(request) && !request.Path.Value!.TrimEnd('/').Equals("/ws", StringComparison.OrdinalIgnoreCase);
}
