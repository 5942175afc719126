namespace RealtimeHub.Server.Auth;

/// <summary>The names of the schemes.</summary>
public static class CredentialSchemes
{
    /// <summary>API keys.</summary>
    public const string ApiKey = "api_key";

    /// <summary>Signed requests.</summary>
    public const string Signature = "signature";

    /// <summary>JSON Web Tokens.</summary>
    public const string Jwt = "jwt";

    /// <summary>Session cookies.</summary>
    public const string Session = "session";

    /// <summary>Static tokens.</summary>
    public const string Token = "token";

    /// <summary>One-use tickets.</summary>
    public const string Ticket = "ticket";
}
