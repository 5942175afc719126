using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Workspace;

namespace RealtimeHub.Server.WebSockets.Workspace;

/// <summary>The route <c>/ws</c>: credentials in headers or cookies only, refusals over HTTP in plain text. Thread-safe.</summary>
internal sealed class WorkspaceDialect(WorkspaceDialectOptions options, WorkspacePresence presence, DialectServices services) : Dialect
{
    private const string StoreIsAway = "Authentication service unavailable";

    public override string Path => "/ws";

    public override ProtocolError? Refuse(Principal principal) =>
        principal.Has(Scopes.WorkspaceRead) ? null : ErrorCodes.Forbidden.With($"This route needs the scope {Scopes.WorkspaceRead}.");

    public override Task RefuseAsync(HttpContext context, ProtocolError error)
    {
        context.Response.StatusCode = ErrorCodes.All.FirstOrDefault(c => c.Code == error.Code)?.HttpStatus ?? StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (error.RetryAfterMs is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, wait / 1_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return context.Response.WriteAsync(error.Code == ErrorCodes.AuthServiceUnavailable.Code ? StoreIsAway : error.Message);
    }

    public override DialectSession NewSession(DialectStart start) => new WorkspaceSession(options, presence, services, start.Live);
}
