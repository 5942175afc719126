namespace RealtimeHub.Server.Auth;

/// <summary>The principal of a request or a connection. Filters, policy and readers ask here, never <c>User</c>, which cannot be swapped.</summary>
public interface IPrincipalFeature
{
    /// <summary>Who it is.</summary>
    Principal Principal { get; }
}
