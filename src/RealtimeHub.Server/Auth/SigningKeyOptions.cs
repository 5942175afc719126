using System.ComponentModel.DataAnnotations;

namespace RealtimeHub.Server.Auth;

/// <summary>One secret that requests are signed with; it is never sent.</summary>
public sealed class SigningKeyOptions : PrincipalOptions
{
    /// <summary>The secret. Give it through the environment or a secret store, never in a settings file.</summary>
    [Required]
    [StringLength(512, MinimumLength = 16, ErrorMessage = "Secret must have 16 to 512 characters.")]
    public string Secret { get; set; } = "";
}
