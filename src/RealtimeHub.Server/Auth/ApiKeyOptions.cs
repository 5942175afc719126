using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.Auth;

/// <summary>One API key: who it stands for, and the hash that it is recognised by.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>The id of the principal.</summary>
    [Required]
    [StringLength(100, MinimumLength = 1)]
    public string Id { get; set; } = "";

    /// <summary>The principal's team.</summary>
    [StringLength(100)]
    public string? Team { get; set; }

    /// <summary>The principal's roles.</summary>
    public string[] Roles { get; set; } = [];

    /// <summary>What it may do.</summary>
    public string[] Scopes { get; set; } = [];

    /// <summary>Which limits apply to it. Default <c>standard</c>.</summary>
    public string RateClass { get; set; } = "standard";

    /// <summary>SHA-256 of the key in UTF-8, 64 hexadecimal digits. Keys are long and random, so a plain hash keeps them.</summary>
    [Required]
    [RegularExpression("^[0-9a-fA-F]{64}$", ErrorMessage = "Sha256 must be 64 hexadecimal digits.")]
    public string Sha256 { get; set; } = "";
}
