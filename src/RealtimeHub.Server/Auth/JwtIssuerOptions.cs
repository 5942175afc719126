using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.Auth;

/// <summary>One issuer of JSON Web Tokens, and where its keys are. Give exactly one of <see cref="JwksFile"/>, <see cref="JwksUrl"/> and <see cref="HmacSecret"/>.</summary>
public sealed class JwtIssuerOptions
{
    /// <summary>The claim <c>iss</c>.</summary>
    [Required]
    [StringLength(500, MinimumLength = 1)]
    public string Issuer { get; set; } = "";

    /// <summary>The claim <c>aud</c>: this server.</summary>
    [Required]
    [StringLength(500, MinimumLength = 1)]
    public string Audience { get; set; } = "";

    /// <summary>A file with a JSON Web Key Set; read again when it changes.</summary>
    public string? JwksFile { get; set; }

    /// <summary>The address of a JSON Web Key Set: https, or http on this machine.</summary>
    public Uri? JwksUrl { get; set; }

    /// <summary>A shared secret, for Development only; 32 characters or more.</summary>
    [StringLength(512, MinimumLength = 32, ErrorMessage = "HmacSecret must have 32 to 512 characters.")]
    public string? HmacSecret { get; set; }

    /// <summary>How long keys from a URL are kept. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan JwksLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How far clocks may differ. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The claim with the team. Default <c>team</c>.</summary>
    public string TeamClaim { get; set; } = "team";

    /// <summary>The claim with the roles. Default <c>roles</c>.</summary>
    public string RolesClaim { get; set; } = "roles";

    /// <summary>The claim with the scopes: a list, or one text with blanks. Default <c>scope</c>.</summary>
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>The claim with the rate class. Default <c>rate_class</c>.</summary>
    public string RateClassClaim { get; set; } = "rate_class";
}
