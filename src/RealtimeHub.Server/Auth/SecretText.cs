using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RealtimeHub.Server.Auth;

/// <summary>Secrets that the server makes: sessions' ids and tickets. They are kept by their hashes only.</summary>
internal static class SecretText
{
    private const int Bytes = 32;

    /// <summary>A new secret of 256 random bits.</summary>
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What it is kept and found by.</summary>
    public static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
