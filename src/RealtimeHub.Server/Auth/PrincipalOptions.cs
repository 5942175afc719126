using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.Auth;

/// <summary>Who a configured credential stands for.</summary>
public abstract class PrincipalOptions
{
    /// <summary>The id of the principal.</summary>
    [Required]
    [StringLength(100, MinimumLength = 1)]
    public string Id { get; set; } = "";

    /// <summary>The principal's team.</summary>
    [StringLength(100)]
    public string? Team { get; set; }

    /// <summary>The principal's roles, from <see cref="Auth.Roles"/>.</summary>
    public string[] Roles { get; set; } = [];

    /// <summary>What it may do.</summary>
    public string[] Scopes { get; set; } = [];

    /// <summary>Which limits apply to it. Default <c>standard</c>.</summary>
    public string RateClass { get; set; } = "standard";

    /// <summary>When the credential ends, UTC. Default never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    internal Principal ToPrincipal() => new(Id, Team, Roles, Scopes, RateClass);
}
