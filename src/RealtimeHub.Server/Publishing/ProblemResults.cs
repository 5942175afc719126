using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Audit;

namespace RealtimeHub.Server.Publishing;

/// <summary>Errors over HTTP: problem details (RFC 9457) with the code and one entry per bad field.</summary>
internal static class ProblemResults
{
    private static readonly Dictionary<string, ErrorCode> Codes = ErrorCodes.All.ToDictionary(c => c.Code);

    public static int StatusOf(ProtocolError error) => Codes.TryGetValue(error.Code, out var code) ? code.HttpStatus : 500;

    public static IResult From(ProtocolError error) => new ProblemResult(error);

    public static Task WriteAsync(HttpContext context, ProtocolError error) => WriteAsync(context, error, StatusOf(error));

    /// <summary>Gives an error that has only a status, because no endpoint of ours answered, a body like all others.</summary>
    public static Task WriteForStatusAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return WriteAsync(context, ErrorCodes.InvalidRequest.With($"{ReasonPhrases.GetReasonPhrase(status)}: {context.Request.Method} with this path and content type is not served."), status);
    }

    // A denied request is evidence, as a denied call of a hub is.
    private static void WriteDown(HttpContext context, ProtocolError error) => context.RequestServices.GetRequiredService<AuditLog>().Write(
        AuditEvent.Of("denied", context) with
        {
            Method = $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}",
            Channel = context.GetRouteValue("channel") is string name ? FieldError.Preview(name) : null,
            Code = error.Code,
        });

    private static async Task WriteAsync(HttpContext context, ProtocolError error, int status)
    {
        context.Response.StatusCode = status;
        if (error.RetryAfterMs is { } retryAfter)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = ((retryAfter + 999) / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var problem = new Problem(
            "about:blank", Codes.TryGetValue(error.Code, out var code) ? code.Meaning : error.Code, status, error.Message, error.Code, error.Retryable, error.RetryAfterMs, error.Details?.Limit, error.Details?.Policy, error.Details?.Errors);
        await context.Response.WriteAsJsonAsync(problem, RealtimeJsonContext.Default.Problem, "application/problem+json", context.RequestAborted);
    }

    private sealed class ProblemResult(ProtocolError error) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusOf(error);

        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (StatusCode is 401 or 403 or 429)
            {
                WriteDown(httpContext, error);
            }

            return WriteAsync(httpContext, error);
        }
    }
}
