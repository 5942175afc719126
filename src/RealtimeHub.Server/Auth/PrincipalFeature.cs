using Microsoft.AspNetCore.SignalR;

namespace RealtimeHub.Server.Auth;

internal sealed record PrincipalFeature(Principal Principal) : IPrincipalFeature
{
    /// <summary>The principal of an authenticated request.</summary>
    public static Principal Of(HttpContext context) => Of(context.Features.Get<IPrincipalFeature>());

    /// <summary>The principal of a hub connection.</summary>
    public static Principal Of(HubCallerContext connection) => Of(connection.Features.Get<IPrincipalFeature>());

    private static Principal Of(IPrincipalFeature? feature) =>
        feature?.Principal ?? throw new InvalidOperationException("The request reached here without a principal: its endpoint lacks RequireAuthorization.");
}
