using RealtimeHub.Protocol.Auth;

namespace RealtimeHub.Client.Account;

/// <summary>A session that has begun; give it to <see cref="Credentials.RealtimeCredential.Session"/>.</summary>
/// <param name="CookieName">The name of its cookie.</param>
/// <param name="Secret">The cookie's value.</param>
/// <param name="Principal">Who it is.</param>
/// <param name="ExpiresAt">When it ends, UTC.</param>
public sealed record AccountSession(string CookieName, string Secret, PrincipalSummary Principal, DateTimeOffset ExpiresAt)
{
    /// <summary>Names no secret.</summary>
    public override string ToString() => $"{nameof(AccountSession)} {{ {Principal.Id} }}";
}
