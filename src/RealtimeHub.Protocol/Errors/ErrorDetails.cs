namespace RealtimeHub.Protocol.Errors;

/// <summary>The facts behind an error.</summary>
public sealed record ErrorDetails
{
    /// <summary>One entry per bad member.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>The limit that was met, as a sentence.</summary>
    public string? Limit { get; init; }

    /// <summary>The policy that refused.</summary>
    public string? Policy { get; init; }

    /// <summary>What the policy does: <c>throttle</c> or <c>deny</c>.</summary>
    public string? Action { get; init; }
}
