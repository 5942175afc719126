using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RealtimeHub.Server.Auth.Signatures;

/// <summary>HMAC-SHA256 signatures of requests, as hexadecimal digits of any case. Pure; comparisons take constant time.</summary>
internal static class RequestSignature
{
    private const int HexLength = 2 * HMACSHA256.HashSizeInBytes;

    // No character that a timestamp or a nonce can hold, so no two pairs have one text.
    private const char Separator = '\0';

    /// <summary>Checks the signature of a time and a nonce.</summary>
    public static bool Verify(string secret, long timestampMs, string nonce, string signature) =>
        Verify(secret, string.Create(CultureInfo.InvariantCulture, $"{timestampMs}{Separator}{nonce}"), signature);

    /// <summary>Checks the signature of a time alone, as plain simulation routes have it.</summary>
    public static bool Verify(string secret, long timestampMs, string signature) =>
        Verify(secret, timestampMs.ToString(CultureInfo.InvariantCulture), signature);

    private static bool Verify(string secret, string text, string signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text), expected);
        var isHex = signature.Length == HexLength
            && Convert.FromHexString(signature, given, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == given.Length;
        return CryptographicOperations.FixedTimeEquals(given, expected) && isHex;
    }
}
