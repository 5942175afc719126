using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Server.Auth;

internal static class AuthServiceCollectionExtensions
{
    /// <summary>Registers who may connect, and the schemes by which they say so.</summary>
    public static IServiceCollection AddCredentialAuth(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AuthOptions, AuthOptionsValidator>().BindConfiguration(AuthOptions.SectionName);
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsRules>();
        services.AddSingleton<ICredentialScheme, ApiKeyScheme>();

        // The request log holds whole URLs, and those of browsers' hub connections hold the key.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));

        // Nothing is protected with it yet; keys on disk would only be something to lose.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication(CredentialAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, CredentialAuthenticationHandler>(CredentialAuthenticationHandler.SchemeName, null);
        services.AddAuthorization();
        return services;
    }
}
