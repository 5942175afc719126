using System.Net;
using System.Text.Json;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Client.Channels;

/// <summary>Turns a refusal over HTTP into the error that a hub would have answered with.</summary>
internal static class ProblemDetails
{
    public static async Task<Exception> ReadAsync(HttpResponseMessage response, Uri uri, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
        {
            return Unexplained(response.StatusCode, uri);
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } problem
                && problem.TryGetProperty("code", out var code)
                && code.GetString() is { } text
                    ? new ProtocolErrorException(Read(problem, text, response))
                    : Unexplained(response.StatusCode, uri);
        }
        catch (JsonException)
        {
            return Unexplained(response.StatusCode, uri);
        }
    }

    private static Exception Unexplained(HttpStatusCode status, Uri uri) => status switch
    {
        HttpStatusCode.Unauthorized => new ProtocolErrorException(ErrorCodes.Unauthorized.With(ErrorCodes.Unauthorized.Meaning)),
        HttpStatusCode.Forbidden => new ProtocolErrorException(ErrorCodes.Forbidden.With(ErrorCodes.Forbidden.Meaning)),
        _ => RealtimeConnectionException.NotOpened(uri, status, null),
    };

    private static ProtocolError Read(JsonElement problem, string code, HttpResponseMessage response) => new()
    {
        Code = code,
        Message = Text(problem, "detail") ?? Text(problem, "title") ?? code,
        Retryable = ErrorCodes.All.FirstOrDefault(c => c.Code == code)?.Retryable ?? (int)response.StatusCode is 429 or 503,
        RetryAfterMs = (long?)response.Headers.RetryAfter?.Delta?.TotalMilliseconds,
        Details = problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
            ? new ErrorDetails { Errors = errors.Deserialize<IReadOnlyList<FieldError>>(RealtimeJson.Options) }
            : null,
    };

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
