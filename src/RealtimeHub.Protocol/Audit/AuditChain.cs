using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace RealtimeHub.Protocol.Audit;

/// <summary>How lines of an audit file are bound to each other, so that a change, a removal or an insertion shows.</summary>
/// <remarks>
/// Each line is a JSON object whose last member is <c>hash</c>: SHA-256, or with a secret HMAC-SHA256, of the line's text before
/// that member, in lower-case hexadecimal digits. Two members before it are <c>seq</c>, which rises by 1, and <c>prev</c>, the hash of the line before.
/// </remarks>
public static class AuditChain
{
    /// <summary>What the first line of a chain names as the one before it.</summary>
    public static readonly string Origin = new('0', HashLength);

    private const int HashLength = 64;
    private const string HashMember = ",\"hash\":\"";
    private const string End = "\"}";

    /// <summary>Closes a line.</summary>
    /// <param name="body">The object's text without its closing brace.</param>
    /// <param name="secret">The secret; null for a plain hash.</param>
    /// <param name="hash">The line's hash, for the next line.</param>
    public static string Seal(string body, byte[]? secret, out string hash)
    {
        hash = HashOf(body, secret);
        return body + HashMember + hash + End;
    }

    /// <summary>Splits a line into its text and its hash; false if it is no line of a chain.</summary>
    public static bool TrySplit(string line, [NotNullWhen(true)] out string? body, [NotNullWhen(true)] out string? hash)
    {
        var at = line.Length - End.Length - HashLength - HashMember.Length;
        if (at > 0 && line.EndsWith(End, StringComparison.Ordinal) && string.CompareOrdinal(line, at, HashMember, 0, HashMember.Length) == 0)
        {
            body = line[..at];
            hash = line.Substring(at + HashMember.Length, HashLength);
            return true;
        }

        body = hash = null;
        return false;
    }

    /// <summary>The hash of a line's text.</summary>
    public static string HashOf(string body, byte[]? secret)
    {
        var text = Encoding.UTF8.GetBytes(body);
        return Convert.ToHexStringLower(secret is null ? SHA256.HashData(text) : HMACSHA256.HashData(secret, text));
    }
}
