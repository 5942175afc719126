namespace RealtimeHub.Protocol.Auth;

/// <summary>Who the caller is, as the server sees it.</summary>
public sealed record PrincipalSummary
{
    /// <summary>Identifies the user or service.</summary>
    public required string Id { get; init; }

    /// <summary>Its team, if any.</summary>
    public string? Team { get; init; }

    /// <summary>Its roles.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>What it may do.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Which limits apply to it.</summary>
    public string RateClass { get; init; } = "standard";

    /// <summary>How it was authenticated: <c>api_key</c>, <c>signature</c>, <c>jwt</c>, <c>session</c>, <c>token</c> or <c>ticket</c>.</summary>
    public string? Scheme { get; init; }

    /// <summary>When the credential expires, UTC; absent when it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
