using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RealtimeHub.Tests.Server.Auth;

/// <summary>Makes tokens by the specification alone, with a new RSA key, elliptic-curve key or shared secret.</summary>
internal sealed class JwtMint : IDisposable
{
    public const string Issuer = "https://issuer.test";
    public const string Audience = "realtimehub";
    public const string Secret = "a shared secret of more than 32 characters";

    private readonly RSA _rsa = RSA.Create(2_048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string KeySet(params string[] algorithms) => JsonSerializer.Serialize(new { keys = algorithms.Select(Jwk) });

    public string Token(string algorithm, DateTimeOffset now, Dictionary<string, object?>? changes = null, string? keyId = null)
    {
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["sub"] = "ada",
            ["jti"] = "token-1",
            ["team"] = "t1",
            ["roles"] = new[] { "research-basic", "made-up" },
            ["scope"] = "events:read jobs:read",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in changes ?? [])
        {
            claims[name] = value;
        }

        var header = JsonSerializer.Serialize(new { alg = algorithm, typ = "JWT", kid = keyId ?? algorithm });
        var payload = JsonSerializer.Serialize(claims.Where(c => c.Value is not null).ToDictionary());
        var text = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Encode(Sign(algorithm, Encoding.ASCII.GetBytes(text)))}";
    }

    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private byte[] Sign(string algorithm, byte[] text) => algorithm switch
    {
        "RS256" => _rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "ES256" => _ec.SignData(text, HashAlgorithmName.SHA256),
        "HS256" => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), text),

        // The attack that takes a public key for a shared secret.
        "HS256-public" => HMACSHA256.HashData(Encoding.UTF8.GetBytes(KeySet("RS256")), text),
        _ => [],
    };

    private object Jwk(string algorithm)
    {
        if (algorithm == "RS256")
        {
            var rsa = _rsa.ExportParameters(false);
            return new { kty = "RSA", use = "sig", kid = "RS256", n = Encode(rsa.Modulus!), e = Encode(rsa.Exponent!) };
        }

        var ec = _ec.ExportParameters(false);
        return new { kty = "EC", use = "sig", kid = "ES256", crv = "P-256", x = Encode(ec.Q.X!), y = Encode(ec.Q.Y!) };
    }
}
