using System.Text;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Audit;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Audit;

/// <summary>The audit trail over HTTP: whether it is as it was written. What it says is read on the server only.</summary>
internal static class AuditEndpoints
{
    private const int MaxHashLength = 64;
    private const int Attempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Reading all files takes the disk for a while; one reader at a time is enough.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/audit/verify", VerifyAsync)
            .RequireAuthorization()
            .WithTags("Audit")
            .WithSummary("Checks the hash chains of the server's audit files.")
            .WithDescription("last_hash: the hash of a record that was noted elsewhere and must be there.")
            .Produces<AuditVerdict>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(429);
        return endpoints;
    }

    private static async Task<IResult> VerifyAsync(HttpContext context, string? last_hash, AuditLog log, IOptions<AuditOptions> options, TimeProvider clock)
    {
        if (!PrincipalFeature.Of(context).Has(Scopes.AuthAdmin))
        {
            return ProblemResults.From(ErrorCodes.Forbidden.With($"Checking the audit trail needs the scope {Scopes.AuthAdmin}."));
        }

        if (last_hash is not null && (last_hash.Length != MaxHashLength || !last_hash.All(char.IsAsciiHexDigitLower)))
        {
            return ProblemResults.From(ErrorCodes.InvalidRequest.With(
                "last_hash is no hash.", new FieldError("last_hash", "This is no hash.", FieldError.Preview(last_hash), "64 lower-case hexadecimal digits")));
        }

        if (log.Path is null)
        {
            return ProblemResults.From(ErrorCodes.NotFound.With("This server keeps no audit file (Audit:Path is empty)."));
        }

        if (!await OneAtATime.WaitAsync(TimeSpan.Zero, context.RequestAborted))
        {
            return ProblemResults.From(ErrorCodes.RateLimit.With("The audit trail is being checked for somebody else.") with { RetryAfterMs = 1_000 });
        }

        try
        {
            var secret = options.Value.Secret is { } text ? Encoding.UTF8.GetBytes(text) : null;
            return Results.Json(await CheckAsync(log.Path, secret, last_hash, clock, context.RequestAborted), RealtimeJson.Options);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    // The last record may be half written, or a file be rotated, at this very moment; a moment later that has passed.
    private static async Task<AuditVerdict> CheckAsync(string path, byte[]? secret, string? lastHash, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var verdict = await AuditFiles.VerifyAsync(Directory.GetFiles(Path.GetDirectoryName(path)!, "*.jsonl"), secret, lastHash, cancellationToken);
                if (verdict.Intact || attempt == Attempts)
                {
                    return verdict with { File = Path.GetFileName(verdict.File) };
                }
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Rotated away between listing and opening.
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
