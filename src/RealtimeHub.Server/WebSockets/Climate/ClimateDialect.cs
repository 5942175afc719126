using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.WebSockets.Climate;

/// <summary>The route <c>/ws/climate</c>. Thread-safe.</summary>
internal sealed class ClimateDialect(ClimateSubscriptions climate, ClimateConnections connections, DialectServices services) : Dialect
{
    private static readonly string[] Subprotocols = ["kfm.climate.v11.stream", "kfm.climate.v11.xai"];

    public override string Path => "/ws/climate";

    // The first of the client's that is spoken here.
    public override string? SubprotocolOf(HttpContext context) =>
        context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(p => Array.IndexOf(Subprotocols, p) >= 0) ?? CredentialRequest.SubprotocolOf(context);

    public override ProtocolError? Refuse(Principal principal) => principal.Has(Scopes.ClimateRead) || principal.Has(Scopes.XaiRead)
        ? null
        : ErrorCodes.Forbidden.With($"This route needs the scope {Scopes.ClimateRead} or {Scopes.XaiRead}.");

    public override Task RefuseAsync(HttpContext context, ProtocolError error) => ProblemResults.WriteAsync(context, error);

    public override DialectSession NewSession(DialectStart start) => new ClimateSession(climate, connections, services, start.Live);
}
