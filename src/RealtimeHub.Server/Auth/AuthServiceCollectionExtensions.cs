using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Auth.Revocation;
using RealtimeHub.Server.Auth.Schemes;
using RealtimeHub.Server.Auth.Sessions;
using RealtimeHub.Server.Auth.Signatures;
using RealtimeHub.Server.Auth.Tickets;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Diagnostics;
using RealtimeHub.Server.Lifecycle;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.Auth;

internal static class AuthServiceCollectionExtensions
{
    /// <summary>Registers who may connect, the schemes by which they say so, and what they may ask for.</summary>
    public static IServiceCollection AddCredentialAuth(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AuthOptions, AuthOptionsValidator>().BindConfiguration(AuthOptions.SectionName);
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<ServerMetrics>();
        services.AddSchemes();
        services.AddGuards();

        // The request log holds whole URLs, and those of browsers' hub connections hold credentials.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));

        // Nothing is protected with it yet; keys on disk would only be something to lose.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication(CredentialAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, CredentialAuthenticationHandler>(CredentialAuthenticationHandler.SchemeName, null);
        services.AddAuthorization();
        services.AddCors();
        services.AddSingleton<IConfigureOptions<CorsOptions>, ConfigureCors>();
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, ConfigureForwardedHeaders>();
        return services;
    }

    // In the order in which they are asked: who sends an API key means that, whatever else is sent; a cookie goes along by itself.
    private static void AddSchemes(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyScheme>();
        services.AddSingleton<NonceWindow>();
        services.AddSingleton<SignedTimestamps>();
        services.AddSingleton<TicketBook>();
        services.AddSingleton<ISessionStore, InMemorySessionStore>();
        services.AddSingleton<RevocationList>();
        services.AddSingleton<CredentialResolver>();
        services.AddSingleton<ICredentialScheme, SignatureScheme>();
        services.AddSingleton<ICredentialScheme, TicketScheme>();
        services.AddSingleton<ICredentialScheme, JwtScheme>();
        services.AddSingleton<ICredentialScheme, StaticTokenScheme>();
        services.AddSingleton<ICredentialScheme>(provider => provider.GetRequiredService<ApiKeyScheme>());
        services.AddSingleton<ICredentialScheme, SessionScheme>();
    }

    private static void AddGuards(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<LimitOptions, LimitOptionsValidator>().BindConfiguration(LimitOptions.SectionName);
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsRules>();
        services.AddOptionsWithValidateOnStart<DrainOptions, DrainOptionsValidator>().BindConfiguration(DrainOptions.SectionName);
        services.AddOptionsWithValidateOnStart<AuditOptions, AuditOptionsValidator>().BindConfiguration(AuditOptions.SectionName);
        services.AddSingleton<RateLimits>();
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<ConnectionGuard>();
        services.AddSingleton<ChannelAuthorizer>();
        services.AddSingleton<AdmissionMiddleware>();
        services.AddSingleton<DrainState>();
        services.AddSingleton<AuditLog>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<LiveCredentials>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveCredentials>());
        services.AddSingleton<SharedRevocations>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedRevocations>());
        services.AddSingleton<DrainService>();
        services.AddHostedService(provider => provider.GetRequiredService<DrainService>());
    }

    private sealed class ConfigureCors(IOptions<AuthOptions> auth) : IConfigureOptions<CorsOptions>
    {
        public void Configure(CorsOptions options) => options.AddDefaultPolicy(policy =>
            policy.WithOrigins(auth.Value.AllowedOrigins).AllowAnyHeader().AllowAnyMethod().AllowCredentials().WithExposedHeaders("X-Stream-Position", "Retry-After"));
    }

    private sealed class ConfigureForwardedHeaders(IOptions<LimitOptions> limits) : IConfigureOptions<ForwardedHeadersOptions>
    {
        public void Configure(ForwardedHeadersOptions options)
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            foreach (var proxy in limits.Value.TrustedProxies)
            {
                options.KnownProxies.Add(IPAddress.Parse(proxy));
            }
        }
    }
}
