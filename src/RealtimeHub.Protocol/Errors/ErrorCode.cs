namespace RealtimeHub.Protocol.Errors;

/// <summary>One row of the table of error codes.</summary>
/// <param name="Code">The code, UPPER_SNAKE.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
/// <param name="HttpStatus">The status of the same refusal over HTTP.</param>
/// <param name="Meaning">What it says, in one sentence.</param>
public sealed record ErrorCode(string Code, bool Retryable, int HttpStatus, string Meaning)
{
    /// <summary>Makes an error of this code.</summary>
    public ProtocolError With(string message, params IReadOnlyList<FieldError> errors) =>
        new() { Code = Code, Message = message, Retryable = Retryable, Details = errors.Count == 0 ? null : new ErrorDetails { Errors = errors } };

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
