using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Diagnostics;
using RealtimeHub.Server.Lifecycle;
using RealtimeHub.Server.Limits;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Connections;

/// <summary>Who gets as far as a hub: what can be said before the credential is looked at, and after it.</summary>
internal sealed class AdmissionMiddleware(
    LiveConnections connections, RateLimits limits, DrainState drain, IOptions<AuthOptions> auth, IOptions<LimitOptions> options,
    ServerMetrics metrics, AuditLog audit, ILogger<AdmissionMiddleware> logger)
{
    private readonly HashSet<string> _origins =
        [.. auth.Value.AllowedOrigins.Select(o => Origin.TryNormalise(o, out var normal) ? normal : o)];

    /// <summary>Before authentication: credentials out of the URL, origin, drain, attempts per address.</summary>
    public Task BeforeAsync(HttpContext context, RequestDelegate next)
    {
        QueryCredentials.TakeFrom(context);
        if (Origin.Of(context.Request) is { } origin && !IsAllowed(context.Request, origin))
        {
            return RefuseAsync(context, ErrorCodes.OriginForbidden.With("The page's origin may not use this server; ask for it to be added to Auth:AllowedOrigins."));
        }

        if (!CredentialRequest.IsHub(context.Request) || !BeginsConnection(context))
        {
            return next(context);
        }

        var refusal = IsNewcomer(context.Request) ? Newcomer(context) : drain.Refusal();
        return refusal is null ? next(context) : RefuseAsync(context, refusal);
    }

    /// <summary>After authentication: penalties, concurrent connections, and the pace of HTTP requests.</summary>
    public async Task AfterAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IPrincipalFeature>()?.Principal is not { } principal)
        {
            await next(context);
            return;
        }

        var refusal = CredentialRequest.IsPlain(context.Request) ? null
            : !CredentialRequest.IsHub(context.Request) ? await limits.RequestAsync(principal, context.RequestAborted)
            : BeginsConnection(context) ? Crowd(context, principal)
            : null;
        await (refusal is null ? next(context) : RefuseAsync(context, refusal));
    }

    /// <summary>Why nobody may connect now, or nobody from here; null if one may. Takes one attempt.</summary>
    public ProtocolError? Newcomer(HttpContext context) => drain.Refusal() ?? limits.Connect(ClientAddress.Of(context));

    /// <summary>Why a principal may not have one more connection; null if it may.</summary>
    public ProtocolError? Crowd(HttpContext context, Principal principal) => limits.Penalty(principal.Id, ClientAddress.Of(context)) ?? Crowd(principal);

    /// <summary>Writes down that a request was refused.</summary>
    public void Refused(HttpContext context, string code)
    {
        metrics.ConnectionRefused(code);
        var address = ClientAddress.Of(context);
        ConnectionLog.ConnectRefused(logger, address, code);
        audit.Write(new AuditEvent
        {
            Kind = "denied",
            Hub = context.Request.Path,
            Principal = context.Features.Get<IPrincipalFeature>()?.Principal.Id,
            Address = address,
            Code = code,
        });
    }

    // Polls and posts of long polling go on; everything else begins a connection.
    private static bool BeginsConnection(HttpContext context) =>
        IsNewcomer(context.Request) || CredentialRequest.IsWebSocket(context)
        || context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    // What has negotiated was counted then.
    private static bool IsNewcomer(HttpRequest request) => !request.Query.ContainsKey("id");

    private bool IsAllowed(HttpRequest request, string text) =>
        Origin.TryNormalise(text, out var origin)
        && (_origins.Contains(origin) || (Origin.TryNormalise($"{request.Scheme}://{request.Host}", out var own) && own == origin));

    private ProtocolError? Crowd(Principal principal)
    {
        var limit = options.Value;
        if (connections.Count >= limit.MaxConnections || connections.Pending >= limit.MaxPendingHandshakes)
        {
            return Full(ErrorCodes.Unavailable, connections.Count >= limit.MaxConnections
                ? $"{limit.MaxConnections} connections per server" : $"{limit.MaxPendingHandshakes} unfinished handshakes per server");
        }

        return connections.CountOf(principal.Id) >= limit.ConnectionsPerPrincipal
            ? Full(ErrorCodes.ConnectionLimit, $"{limit.ConnectionsPerPrincipal} connections per principal")
            : null;
    }

    private static ProtocolError Full(ErrorCode code, string limit) => code.With($"There are {limit} already.") with
    {
        RetryAfterMs = 5_000,
        Details = new ErrorDetails { Limit = limit },
    };

    private Task RefuseAsync(HttpContext context, ProtocolError error)
    {
        Refused(context, error.Code);
        return ProblemResults.WriteAsync(context, error);
    }
}
