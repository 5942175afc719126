using RealtimeHub.Client.Credentials;

namespace RealtimeHub.Cli.Credentials;

/// <summary>A credential that login has kept.</summary>
/// <param name="Kind">How it is sent: one of the kinds below.</param>
/// <param name="Secret">The key, the token, or the value of the session's cookie.</param>
/// <param name="Cookie">The name of the session's cookie.</param>
/// <param name="Principal">Whose it is.</param>
/// <param name="ExpiresAt">When it ends, if it does.</param>
internal sealed record StoredCredential(string Kind, string Secret, string? Cookie = null, string? Principal = null, DateTimeOffset? ExpiresAt = null)
{
    public const string ApiKey = "api_key";
    public const string Token = "token";
    public const string Session = "session";

    public RealtimeCredential? ToCredential() => Kind switch
    {
        Session => RealtimeCredential.Session(Cookie ?? "", Secret),
        Token => RealtimeCredential.Bearer(Secret),
        _ => null,
    };

    /// <summary>Names no secret.</summary>
    public override string ToString() => $"{nameof(StoredCredential)} {{ {Kind}, {Principal} }}";
}
