namespace RealtimeHub.Protocol.Status;

/// <summary>The payload of <c>service.status</c>: one registered service, as last probed or as it reported itself.</summary>
public sealed record ServiceStatus
{
    /// <summary>Its name.</summary>
    public required string Service { get; init; }

    /// <summary><c>healthy</c> or <c>unhealthy</c> when probed; also <c>running stopped crashed disabled restarting restart_failed failed degraded unknown</c> when it reports itself.</summary>
    public required string Status { get; init; }

    /// <summary>How long the last probe took.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Why it is not healthy.</summary>
    public string? Message { get; init; }

    /// <summary>When this was found out, UTC.</summary>
    public DateTimeOffset? CheckedAt { get; init; }
}
