using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Auth;

/// <summary>Who may connect.</summary>
public sealed class AuthOptions
{
    /// <summary>The configuration section these options bind to.</summary>
    public const string SectionName = "Auth";

    /// <summary>The API keys. In Development there is one, <c>dev-key</c>; elsewhere at least one must be configured.</summary>
    [ValidateEnumeratedItems]
    public List<ApiKeyOptions> ApiKeys { get; set; } = [];
}

[OptionsValidator]
internal sealed partial class AuthOptionsValidator : IValidateOptions<AuthOptions>;
