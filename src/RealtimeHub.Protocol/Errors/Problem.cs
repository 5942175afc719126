namespace RealtimeHub.Protocol.Errors;

/// <summary>A refusal over HTTP, <c>application/problem+json</c> (RFC 9457): the same facts as a <see cref="ProtocolError"/>.</summary>
/// <param name="Type">Always <c>about:blank</c>: decide by <paramref name="Code"/>.</param>
/// <param name="Title">What the code means.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Code">The code, from <see cref="ErrorCodes"/>.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
/// <param name="RetryAfterMs">When to try again, in milliseconds, where that is known.</param>
/// <param name="Limit">The limit that was met, in words.</param>
/// <param name="Policy">The policy that refused.</param>
/// <param name="Errors">One entry per bad member.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    bool Retryable,
    long? RetryAfterMs = null,
    string? Limit = null,
    string? Policy = null,
    IReadOnlyList<FieldError>? Errors = null);
