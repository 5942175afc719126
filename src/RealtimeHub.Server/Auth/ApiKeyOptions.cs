using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.Auth;

/// <summary>One API key or static token: who it stands for, and the hash that it is recognised by.</summary>
public sealed class ApiKeyOptions : PrincipalOptions
{
    /// <summary>SHA-256 of the key in UTF-8, 64 hexadecimal digits. Keys are long and random, so a plain hash keeps them.</summary>
    [Required]
    [RegularExpression("^[0-9a-fA-F]{64}$", ErrorMessage = "Sha256 must be 64 hexadecimal digits.")]
    public string Sha256 { get; set; } = "";
}
