namespace RealtimeHub.Server.Auth;

/// <summary>Which credentials hubs accept in their URL. URLs end in histories and proxies' logs; prefer headers, cookies and tickets.</summary>
public sealed class QueryFormsOptions
{
    /// <summary><c>?api_key=</c>. Default true.</summary>
    public bool ApiKey { get; set; } = true;

    /// <summary><c>?access_token=</c>, where browsers' SignalR clients put API keys, JWTs and static tokens. Tickets are always accepted there. Default true.</summary>
    public bool AccessToken { get; set; } = true;

    /// <summary><c>?token=</c> for static tokens. Default true.</summary>
    public bool Token { get; set; } = true;

    /// <summary><c>?key_id=&amp;timestamp=&amp;nonce=&amp;signature=</c>. Default true.</summary>
    public bool Signature { get; set; } = true;
}
