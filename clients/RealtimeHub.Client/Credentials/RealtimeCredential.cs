namespace RealtimeHub.Client.Credentials;

/// <summary>How a client says who it is. Each connection and each request asks it anew, so that what expires is always fresh.</summary>
/// <remarks>Thread-safe. Secrets travel in headers only.</remarks>
public abstract class RealtimeCredential
{
    private protected RealtimeCredential()
    {
    }

    /// <summary>A JWT, a static token or an API key as bearer token.</summary>
    /// <param name="token">The token.</param>
    public static RealtimeCredential Bearer(string token) => new BearerCredential(_ => ValueTask.FromResult(token));

    /// <summary>A bearer token that is fetched when it is needed: for every connection and request, and when the server says that the old one has expired.</summary>
    /// <param name="provider">Gives a token that is good now; it caches by itself, if it should.</param>
    public static RealtimeCredential Bearer(Func<CancellationToken, ValueTask<string>> provider) => new BearerCredential(provider);

    /// <summary>Signatures of each request, with a secret that never travels.</summary>
    /// <param name="keyId">The secret's id on the server.</param>
    /// <param name="secret">The secret.</param>
    public static RealtimeCredential Signature(string keyId, string secret) => new SignatureCredential(keyId, secret);

    /// <summary>A session that was begun elsewhere.</summary>
    /// <param name="name">The cookie's name.</param>
    /// <param name="value">Its value.</param>
    public static RealtimeCredential Session(string name, string value) => new SessionCredential(name, value);

    /// <summary>Names no secret.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>The headers of one request.</summary>
    internal abstract ValueTask<IReadOnlyList<KeyValuePair<string, string>>> HeadersAsync(TimeProvider time, CancellationToken cancellationToken);

    /// <summary>A token for a live connection whose credential has expired; null if there is no newer one to be had.</summary>
    internal virtual ValueTask<string?> RefreshAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);
}
