using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RealtimeHub.Client.Credentials;

internal sealed class SignatureCredential(string keyId, string secret) : RealtimeCredential
{
    private const int NonceBytes = 16;

    internal override ValueTask<IReadOnlyList<KeyValuePair<string, string>>> HeadersAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\0{nonce}"));
        return ValueTask.FromResult<IReadOnlyList<KeyValuePair<string, string>>>(
        [
            new("X-Key-Id", keyId),
            new("X-Timestamp", timestamp),
            new("X-Nonce", nonce),
            new("X-Signature", Convert.ToHexStringLower(signature)),
        ]);
    }
}
