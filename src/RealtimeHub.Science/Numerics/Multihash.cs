using System.Security.Cryptography;

namespace RealtimeHub.Science.Numerics;

/// <summary>Digests that name their own method, as the multihash specification writes them in hexadecimal.</summary>
public static class Multihash
{
    /// <summary>What every SHA-256 multihash begins with: the code 0x12 and the length 0x20.</summary>
    public const string Sha256Prefix = "1220";

    /// <summary>The SHA-256 multihash of some bytes: 68 lower-case hexadecimal digits.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Sha256Prefix + Convert.ToHexStringLower(hash);
    }
}
