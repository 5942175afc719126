using System.Security.Cryptography;
using System.Text;

namespace RealtimeHub.Server.Auth;

/// <summary>Long random secrets, known by their hashes. Thread-safe. Every hash is compared, in constant time, whichever matches.</summary>
internal sealed class HashedSecrets(string scheme, IEnumerable<ApiKeyOptions> entries)
{
    public const int MaxLength = 512;

    private readonly (byte[] Hash, Identity Identity)[] _entries =
    [
        .. entries.Select(e => (Convert.FromHexString(e.Sha256), new Identity(e.ToPrincipal(), new Credential(scheme, $"{scheme}:{e.Id}", e.ExpiresAt)))),
    ];

    /// <summary>Whose secret it is; null if nobody's.</summary>
    public Identity? Find(string secret)
    {
        if (secret.Length is 0 or > MaxLength)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(secret), hash);
        Identity? found = null;
        foreach (var (known, identity) in _entries)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
            {
                found = identity;
            }
        }

        return found;
    }
}
