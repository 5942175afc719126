using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.WebSockets;

/// <summary>One plain WebSocket route: its credentials, its refusals and its sessions. Thread-safe.</summary>
internal abstract class Dialect
{
    /// <summary>The route's pattern.</summary>
    public abstract string Path { get; }

    /// <summary>The subprotocol that is echoed; null for none.</summary>
    public virtual string? SubprotocolOf(HttpContext context) => null;

    /// <summary>Why a principal may not use the route; null if it may.</summary>
    public abstract ProtocolError? Refuse(Principal principal);

    /// <summary>Who a caller without a valid credential is; null if it is refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">Why its credential is refused.</param>
    public virtual Identity? Stranger(HttpContext context, ErrorCode refusal) => null;

    /// <summary>Tells why the connection is refused.</summary>
    public abstract Task RefuseAsync(HttpContext context, ProtocolError error);

    /// <summary>What has to be settled on the accepted socket before there is a session; false when the socket is closed.</summary>
    public virtual Task<bool> BeginAsync(DialectStart start) => Task.FromResult(true);

    /// <summary>Makes the session of an accepted connection.</summary>
    public abstract DialectSession NewSession(DialectStart start);
}
