namespace RealtimeHub.Protocol.Governance;

/// <summary>The digest by which content can be verified.</summary>
/// <remarks>Immutable.</remarks>
public sealed record Checksums
{
    private const string Sha256Prefix = "1220";
    private const int Length = 68;

    /// <summary>States the digest.</summary>
    /// <param name="multihash">A sha2-256 multihash: <c>1220</c> and 64 lower-case hexadecimal digits.</param>
    /// <exception cref="ArgumentException">The text is something else.</exception>
    public Checksums(string multihash)
    {
        ArgumentNullException.ThrowIfNull(multihash);
        if (multihash.Length != Length || !multihash.StartsWith(Sha256Prefix, StringComparison.Ordinal) || !multihash.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("A sha2-256 multihash is 1220 and 64 lower-case hexadecimal digits.", nameof(multihash));
        }

        Multihash = multihash;
    }

    /// <summary>The sha2-256 multihash of the canonical content.</summary>
    public string Multihash { get; }

    /// <summary>The digest of some bytes.</summary>
    public static Checksums Of(ReadOnlySpan<byte> content) =>
        new(Sha256Prefix + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)));
}
