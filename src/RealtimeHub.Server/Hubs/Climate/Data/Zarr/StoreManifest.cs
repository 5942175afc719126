using System.Security.Cryptography;
using System.Text;

namespace RealtimeHub.Server.Hubs.Climate.Data.Zarr;

/// <summary>The files that a dataset consists of, with their SHA-256 hashes, and the digest over all of them.</summary>
/// <remarks>
/// The digest is the SHA-256 of the lines <c>path SP hash LF</c> in ordinal order of the paths, as a multihash: <c>1220</c> and the hash, in
/// lower-case hexadecimal digits. A shell can compute it with sha256sum and sort.
/// </remarks>
internal sealed class StoreManifest
{
    private const string Sha256Multihash = "1220";

    public StoreManifest(IReadOnlyDictionary<string, byte[]> hashes)
    {
        Hashes = hashes;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in hashes.Keys.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path} {Convert.ToHexStringLower(hashes[path])}\n"));
        }

        Digest = Sha256Multihash + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The SHA-256 of every file, by its path relative to the store.</summary>
    public IReadOnlyDictionary<string, byte[]> Hashes { get; }

    public string Digest { get; }
}
