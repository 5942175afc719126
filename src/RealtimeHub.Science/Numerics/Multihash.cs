using System.Buffers;
using System.Security.Cryptography;

namespace RealtimeHub.Science.Numerics;

/// <summary>Digests that name their own algorithm: SHA2-256 as a multihash in hexadecimal, <c>1220</c> and 64 digits.</summary>
/// <remarks>The multihash specification: code 0x12 is sha2-256, 0x20 the length of its digest in bytes.</remarks>
public static class Multihash
{
    /// <summary>What every digest begins with.</summary>
    public const string Sha256Prefix = "1220";

    /// <summary>The length of a digest, in characters.</summary>
    public const int Length = 68;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>The digest of some bytes.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return Sha256Prefix + Convert.ToHexStringLower(digest);
    }

    /// <summary>The digest of everything that was appended to a SHA-256 hash, which starts anew.</summary>
    /// <exception cref="ArgumentException">The hash is of another algorithm.</exception>
    public static string Sha256(IncrementalHash hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return hash.AlgorithmName == HashAlgorithmName.SHA256
            ? Sha256Prefix + Convert.ToHexStringLower(hash.GetHashAndReset())
            : throw new ArgumentException("Only SHA-256 has the prefix 1220.", nameof(hash));
    }

    /// <summary>Whether a text is a digest of this kind.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: Length } && text.StartsWith(Sha256Prefix, StringComparison.Ordinal) && !text.AsSpan().ContainsAnyExcept(Digits);
}
