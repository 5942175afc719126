namespace RealtimeHub.Protocol.Requests;

/// <summary>A newer credential for a live connection; exactly one member is given.</summary>
public sealed record RefreshCredentialRequest : HubRequest
{
    /// <summary>A bearer token: a JWT, a static token or an API key.</summary>
    public string? AccessToken { get; init; }

    /// <summary>An API key.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Names no secret.</summary>
    public override string ToString() => nameof(RefreshCredentialRequest);
}
