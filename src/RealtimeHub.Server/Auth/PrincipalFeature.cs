using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Server.Auth;

/// <summary>The identity of a request, or of a connection, where a refresh replaces it. Thread-safe.</summary>
internal sealed class PrincipalFeature(Identity identity) : IPrincipalFeature
{
    private Identity _identity = identity;

    public Identity Identity
    {
        get => Volatile.Read(ref _identity);
        set => Volatile.Write(ref _identity, value);
    }

    public Principal Principal => Identity.Principal;

    /// <summary>The principal of an authenticated request.</summary>
    public static Principal Of(HttpContext context) => Of(context.Features.Get<IPrincipalFeature>()).Principal;

    /// <summary>The principal of a hub connection, as it is now.</summary>
    public static Principal Of(HubCallerContext connection) => Of(connection.Features.Get<IPrincipalFeature>()).Principal;

    /// <summary>The identity of an authenticated request.</summary>
    public static Identity IdentityOf(HttpContext context) => ((PrincipalFeature)Of(context.Features.Get<IPrincipalFeature>())).Identity;

    private static IPrincipalFeature Of(IPrincipalFeature? feature) =>
        feature ?? throw new InvalidOperationException("The request reached here without a principal: its endpoint lacks RequireAuthorization.");
}
