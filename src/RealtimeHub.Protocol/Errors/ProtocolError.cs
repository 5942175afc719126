namespace RealtimeHub.Protocol.Errors;

/// <summary>A refusal, as data: hub results, stream items, notices and problem details carry it.</summary>
public sealed record ProtocolError
{
    /// <summary>The code, from <see cref="ErrorCodes"/>, or of a stream that the server broke off from <see cref="CloseReasons"/>. Decide by this, never by the message.</summary>
    public required string Code { get; init; }

    /// <summary>A sentence for people: it names the field, the value and the bound where there are any.</summary>
    public required string Message { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable { get; init; }

    /// <summary>When to try again, in milliseconds, where that is known.</summary>
    public long? RetryAfterMs { get; init; }

    /// <summary>The facts behind it.</summary>
    public ErrorDetails? Details { get; init; }
}
