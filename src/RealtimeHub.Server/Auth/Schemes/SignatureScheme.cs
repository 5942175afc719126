using System.Globalization;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth.Signatures;

namespace RealtimeHub.Server.Auth.Schemes;

/// <summary>Signed requests: HMAC-SHA256 over <c>timestamp NUL nonce</c>, by a secret that is not sent, or by an API key that is. Thread-safe.</summary>
/// <remarks>Headers <c>X-Key-Id</c> (or <c>X-API-Key</c>), <c>X-Timestamp</c>, <c>X-Nonce</c> and <c>X-Signature</c>; in hub URLs <c>key_id</c>, <c>timestamp</c>, <c>nonce</c> and <c>signature</c>.</remarks>
internal sealed class SignatureScheme(IOptions<AuthOptions> options, ApiKeyScheme keys, NonceWindow nonces, ISharedState shared, TimeProvider clock) : ICredentialScheme
{
    private const int MinNonce = 8;
    private const int MaxNonce = 128;

    // Compared against for an unknown key, so that it takes as long as a known one.
    private const string Nobody = "nobody's secret, as long as others";

    private readonly Dictionary<string, (Identity Identity, string Secret)> _secrets = options.Value.SigningKeys.ToDictionary(
        k => k.Id,
        k => (new Identity(k.ToPrincipal(), new Credential(CredentialSchemes.Signature, $"{CredentialSchemes.Signature}:{k.Id}", k.ExpiresAt)), k.Secret));

    private readonly TimeSpan _window = options.Value.SignatureWindow;
    private readonly bool _isQueryAllowed = options.Value.Query.Signature;

    public ValueTask<CredentialOutcome> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken) =>
        Find(context) is { } signed ? CheckAsync(signed, cancellationToken) : ValueTask.FromResult(CredentialOutcome.None);

    private Signed? Find(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.TryGetValue("X-Signature", out var signature))
        {
            return new Signed(headers["X-Key-Id"].ToString(), headers[CredentialRequest.ApiKeyHeader].ToString(), headers["X-Timestamp"].ToString(), headers["X-Nonce"].ToString(), signature.ToString());
        }

        var query = context.Request.Query;
        return _isQueryAllowed && CredentialRequest.QueryOf(context, "signature") is { } inUrl
            ? new Signed(query["key_id"].ToString(), CredentialRequest.QueryOf(context, "api_key") ?? "", query["timestamp"].ToString(), CredentialRequest.QueryOf(context, "nonce") ?? "", inUrl)
            : null;
    }

    private async ValueTask<CredentialOutcome> CheckAsync(Signed signed, CancellationToken cancellationToken)
    {
        if (!long.TryParse(signed.Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeMilliseconds() - timestamp) > _window.TotalMilliseconds)
        {
            return CredentialOutcome.Refused(ErrorCodes.InvalidSignature, "a signature whose time is missing or outside the window");
        }

        if (signed.Nonce.Length is < MinNonce or > MaxNonce)
        {
            return CredentialOutcome.Refused(ErrorCodes.InvalidSignature, "a signature whose nonce is missing, too short or too long");
        }

        var (identity, secret) = Holder(signed);
        var isRight = RequestSignature.Verify(secret, timestamp, signed.Nonce, signed.Signature);
        if (identity is null || !isRight)
        {
            return CredentialOutcome.Refused(ErrorCodes.InvalidSignature, identity is null ? "a signature by an unknown key" : "a wrong signature");
        }

        // Taken last, so that only who has the secret can use nonces up.
        var nonce = $"{identity.Credential.Id}\n{signed.Nonce}";
        var isFirst = nonces.TryUse(nonce, DateTimeOffset.FromUnixTimeMilliseconds(timestamp) + _window)
            && await shared.TryUseOnceAsync($"nonce:{SecretText.Hash(nonce)}", 2 * _window, cancellationToken);
        return isFirst
            ? CredentialOutcome.Accepted(identity)
            : CredentialOutcome.Refused(ErrorCodes.SignatureReplayed, "a signature that was used before");
    }

    private (Identity? Identity, string Secret) Holder(Signed signed) =>
        signed.KeyId.Length > 0
            ? _secrets.TryGetValue(signed.KeyId, out var known) ? known : (null, Nobody)
            : keys.Find(signed.ApiKey) is { } identity ? (identity, signed.ApiKey) : (null, Nobody);

    private sealed record Signed(string KeyId, string ApiKey, string Timestamp, string Nonce, string Signature)
    {
        public override string ToString() => nameof(Signed);
    }
}
