using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth.Revocation;
using RealtimeHub.Server.Auth.Schemes;

namespace RealtimeHub.Server.Auth.Signatures;

/// <summary>The documented credential of plain simulation routes: an API key, a time, and perhaps a signature of the time with the key.</summary>
/// <remarks>
/// Thread-safe. Without a nonce a repeat cannot be told from a second tab, so a signed time belongs to the address that used
/// it first, and serves eight connections. Two clients may sign within one millisecond; nine at once are a flood.
/// </remarks>
internal sealed class SignedTimestamps(ApiKeyScheme keys, RevocationList revocations, IOptions<AuthOptions> options, TimeProvider clock)
{
    private const int MaxUses = 8;
    private const int MaxEntries = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Key, long Timestamp), Use> _uses = [];
    private readonly PriorityQueue<(string Key, long Timestamp), DateTimeOffset> _byEnd = new();

    /// <summary>Checks a key with its time.</summary>
    /// <param name="apiKey">The key.</param>
    /// <param name="timestampMs">The client's time in milliseconds since 1970; a fraction is cut off.</param>
    /// <param name="signature">HMAC-SHA256 of the time's decimal text; null for none. One that is there is checked.</param>
    /// <param name="address">Who asks.</param>
    /// <param name="anybody">Who a key stands for that nobody has; null to refuse it.</param>
    public CredentialOutcome Check(string apiKey, double timestampMs, string? signature, string address, Identity? anybody = null)
    {
        var identity = keys.Find(apiKey) ?? anybody;
        var window = options.Value.SignatureWindow;
        var isInWindow = Math.Abs(clock.GetUtcNow().ToUnixTimeMilliseconds() - timestampMs) <= window.TotalMilliseconds;
        var timestamp = isInWindow ? (long)timestampMs : 0;
        var isSigned = signature is null || RequestSignature.Verify(apiKey, timestamp, signature);
        if (identity is null)
        {
            return CredentialOutcome.Refused(ErrorCodes.InvalidApiKey, "an unknown API key");
        }

        if (!isInWindow || !isSigned)
        {
            return CredentialOutcome.Refused(ErrorCodes.InvalidSignature, isInWindow ? "a wrong signature" : "a time outside the window");
        }

        if (identity.Credential.ExpiresAt <= clock.GetUtcNow())
        {
            return CredentialOutcome.Refused(ErrorCodes.CredentialExpired, "a credential that has expired");
        }

        if (Revoked(identity) is { } revoked)
        {
            return revoked;
        }

        return signature is null || TryUse((identity.Credential.Id, timestamp), address, DateTimeOffset.FromUnixTimeMilliseconds(timestamp) + window)
            ? CredentialOutcome.Accepted(identity)
            : CredentialOutcome.Refused(ErrorCodes.SignatureReplayed, "a signature that was used before");
    }

    private CredentialOutcome? Revoked(Identity identity)
    {
        try
        {
            return revocations.Covers(identity) ? CredentialOutcome.Refused(ErrorCodes.CredentialRevoked, "a credential that was revoked") : null;
        }
        catch (InvalidDataException)
        {
            return CredentialOutcome.Refused(ErrorCodes.AuthServiceUnavailable, "the identity store is away");
        }
    }

    private bool TryUse((string Key, long Timestamp) key, string address, DateTimeOffset end)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_byEnd.TryPeek(out _, out var oldestEnd) && oldestEnd < now)
            {
                _uses.Remove(_byEnd.Dequeue());
            }

            if (!_uses.TryGetValue(key, out var use))
            {
                if (_uses.Count >= MaxEntries)
                {
                    return false;
                }

                _uses.Add(key, use = new Use(address));
                _byEnd.Enqueue(key, end);
            }

            return use.Address == address && ++use.Count <= MaxUses;
        }
    }

    private sealed class Use(string address)
    {
        public string Address { get; } = address;

        public int Count { get; set; }
    }
}
