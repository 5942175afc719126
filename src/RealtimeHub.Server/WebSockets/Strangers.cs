using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.WebSockets;

/// <summary>Who a connection is that has not said so yet, or need not: one principal per address, so that limits hold. Pure.</summary>
internal static class Strangers
{
    private const string Scheme = "none";

    /// <summary>Somebody who may do nothing yet.</summary>
    public static Identity Unknown(HttpContext context) => Of("stranger", ClientAddress.Of(context), []);

    /// <summary>Anybody, where a route is open.</summary>
    public static Identity Anybody(string address, params IReadOnlyList<string> scopes) => Of("anonymous", address, scopes);

    /// <summary>Whether it is still to be said who it is.</summary>
    public static bool IsUnknown(Identity identity) => identity.Credential is { Scheme: Scheme } && identity.Principal.Scopes.Count == 0;

    private static Identity Of(string name, string address, IReadOnlyList<string> scopes)
    {
        var id = $"{name}:{address}";
        return new Identity(new Principal(id, null, [], scopes, "standard"), new Credential(Scheme, $"{Scheme}:{id}"));
    }
}
