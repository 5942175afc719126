using System.Text.Json;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Auth;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Auth.Revocation;
using RealtimeHub.Server.Auth.Sessions;
using RealtimeHub.Server.Auth.Tickets;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Binding;
using RealtimeHub.Server.Limits;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Auth;

/// <summary>Credentials over HTTP: sessions, tickets, who one is, revocation.</summary>
internal static class AuthEndpoints
{
    private static readonly HashSet<string> HubNames =
        [.. typeof(HubPaths).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];

    public static IEndpointRouteBuilder MapAuthEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var auth = endpoints.MapGroup("/auth").RequireAuthorization().WithTags("Auth");
        auth.MapGet("/me", (HttpContext context) => Results.Json(Summary(PrincipalFeature.IdentityOf(context)), RealtimeJson.Options))
            .WithSummary("Who the caller is, and what it may do.")
            .Produces<PrincipalSummary>().ProducesProblem(401);
        auth.MapPost("/session", BeginSessionAsync)
            .WithSummary("Exchanges a credential for a session: an HttpOnly, SameSite cookie.")
            .Produces<SessionResult>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(503);
        auth.MapDelete("/session", EndSessionAsync)
            .WithSummary("Signs out: the session and its live connections end.")
            .Produces(204).ProducesProblem(401);
        auth.MapPost("/tickets", IssueTicketAsync)
            .WithSummary("Makes a one-use ticket for a WebSocket to one hub; pass it as the SignalR access token within 30 s.")
            .Accepts<TicketRequest>("application/json")
            .Produces<TicketResult>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(503);
        auth.MapPost("/revocations", RevokeAsync)
            .WithSummary("Revokes a credential, or all that a principal has until now; their connections end at once.")
            .Accepts<RevocationBody>("application/json")
            .Produces(204).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        return endpoints;
    }

    private static PrincipalSummary Summary(Identity identity) => new()
    {
        Id = identity.Principal.Id,
        Team = identity.Principal.Team,
        Roles = identity.Principal.Roles,
        Scopes = identity.Principal.Scopes,
        RateClass = identity.Principal.RateClass,
        Scheme = identity.Credential.Scheme,
        ExpiresAt = identity.Credential.ExpiresAt,
    };

    private static async Task<IResult> BeginSessionAsync(HttpContext context, ISessionStore sessions, IOptions<AuthOptions> options, TimeProvider clock, AuditLog audit)
    {
        var identity = PrincipalFeature.IdentityOf(context);
        if (identity.Credential.Scheme is CredentialSchemes.Session)
        {
            return ProblemResults.From(ErrorCodes.InvalidRequest.With("A session cannot be exchanged for another; send the credential itself."));
        }

        var settings = options.Value.Session;
        var now = clock.GetUtcNow();
        var end = now + settings.Lifetime;
        end = identity.Credential.ExpiresAt < end ? identity.Credential.ExpiresAt.Value : end;
        var id = SecretText.New("rses_");
        var session = new Session(identity.Principal, UtcTimestampConverter.ToText(end), identity.Credential.Id, now);
        try
        {
            if (!await sessions.TryAddAsync(SecretText.Hash(id), session, context.RequestAborted))
            {
                return ProblemResults.From(ErrorCodes.Unavailable.With($"There are {settings.MaxSessions} sessions, as many as there may be."));
            }
        }
#pragma warning disable CA1031 // A session store that fails, whatever the cause, refuses.
        catch (Exception exception) when (exception is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return ProblemResults.From(ErrorCodes.AuthServiceUnavailable.With(ErrorCodes.AuthServiceUnavailable.Meaning));
        }

        context.Response.Cookies.Append(settings.CookieName, id, Cookie(context, settings, end));
        context.Response.Headers.CacheControl = "no-store";
        audit.Write(Record("session_begun", identity, context));
        return Results.Json(new SessionResult(Summary(identity) with { ExpiresAt = end }, end), RealtimeJson.Options);
    }

    private static async Task<IResult> EndSessionAsync(HttpContext context, ISessionStore sessions, IOptions<AuthOptions> options, LiveCredentials live, AuditLog audit)
    {
        var settings = options.Value.Session;
        if (context.Request.Cookies.TryGetValue(settings.CookieName, out var id) && id is not null)
        {
            var hash = SecretText.Hash(id);
            await sessions.RemoveAsync(hash, context.RequestAborted);
            live.EndAll(i => i.Credential.Id == $"{CredentialSchemes.Session}:{hash}", "signed out");
            audit.Write(Record("session_ended", PrincipalFeature.IdentityOf(context), context));
        }

        context.Response.Cookies.Delete(settings.CookieName, Cookie(context, settings, null));
        return Results.NoContent();
    }

    private static async Task<IResult> IssueTicketAsync(HttpContext context, TicketBook tickets, AuditLog audit)
    {
        var identity = PrincipalFeature.IdentityOf(context);
        var request = await ReadAsync<TicketRequest>(context);
        var errors = new List<FieldError>(request?.BindingErrors ?? []);
        var hub = request?.Hub?.TrimEnd('/') ?? "";
        if (errors.Count == 0 && !HubNames.Contains(hub))
        {
            errors.Add(new FieldError("hub", "There is no such hub.", FieldError.Preview(hub), string.Join(", ", HubNames.Order())));
        }

        var given = request?.Origin ?? Origin.Of(context.Request);
        string? origin = null;
        if (given is not null && !Origin.TryNormalise(given, out origin))
        {
            errors.Add(new FieldError("origin", "This is no origin.", FieldError.Preview(given), "https://app.example"));
        }

        if (errors.Count > 0)
        {
            return ProblemResults.From(ErrorCodes.InvalidRequest.With(errors[0].Message, errors));
        }

        if (tickets.Issue(identity, hub, origin) is not { } issued)
        {
            return ProblemResults.From(ErrorCodes.Unavailable.With("As many tickets wait for their use as may.") with { RetryAfterMs = 1_000 });
        }

        context.Response.Headers.CacheControl = "no-store";
        audit.Write(Record("ticket_issued", identity, context) with { Hub = hub });
        return Results.Json(new TicketResult(issued.Secret, hub, origin, issued.Ticket.ExpiresAt), RealtimeJson.Options);
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, SharedRevocations revocations, TimeProvider clock, AuditLog audit)
    {
        var identity = PrincipalFeature.IdentityOf(context);
        if (!identity.Principal.Has(Scopes.AuthAdmin))
        {
            return ProblemResults.From(ErrorCodes.Forbidden.With($"Revoking needs the scope {Scopes.AuthAdmin}."));
        }

        var body = await ReadAsync<RevocationBody>(context);
        if (body is null || string.IsNullOrWhiteSpace(body.Principal) == string.IsNullOrWhiteSpace(body.Credential))
        {
            return ProblemResults.From(ErrorCodes.InvalidRequest.With(
                "Name exactly one of principal and credential.", new FieldError("credential", "Exactly one is needed.", null, "api_key:{id}, jwt:{jti} …")));
        }

        try
        {
            await revocations.AddAsync(new Revocation.Revocation(Trim(body.Principal), Trim(body.Credential), clock.GetUtcNow(), identity.Principal.Id), context.RequestAborted);
        }
        catch (ChannelStoreUnavailableException)
        {
            return ProblemResults.From(ErrorCodes.Unavailable.With("It counts on this node; the others could not be told. Try again later."));
        }

        audit.Write(Record("revoked", identity, context) with { Reason = Trim(body.Credential) ?? $"principal {Trim(body.Principal)}" });
        return Results.NoContent();
    }

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static CookieOptions Cookie(HttpContext context, BrowserSessionOptions settings, DateTimeOffset? end) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = settings.SameSite,
        Secure = context.Request.IsHttps || settings.SameSite == SameSiteMode.None,
        Expires = end,
    };

    private static AuditEvent Record(string kind, Identity identity, HttpContext context) => new()
    {
        Kind = kind,
        Principal = identity.Principal.Id,
        Team = identity.Principal.Team,
        Credential = identity.Credential.Id,
        Address = ClientAddress.Of(context),
    };

    private static async Task<T?> ReadAsync<T>(HttpContext context)
        where T : class
    {
        const int MaxBytes = 4_096;
        if (await NdjsonReader.ReadAsync(context.Request, MaxBytes, context.RequestAborted) is not { } body)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, LenientJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is revoked: one of the two.</summary>
    /// <param name="Principal">A principal's id.</param>
    /// <param name="Credential">A credential's id.</param>
    internal sealed record RevocationBody(string? Principal, string? Credential);
}
