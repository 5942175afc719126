using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace RealtimeHub.Server.Auth.Jwt;

/// <summary>Reads JSON Web Key Sets (RFC 7517): RSA keys and those on the curves P-256, P-384 and P-521. Others are passed over.</summary>
internal static class JwksReader
{
    private const int MinRsaBits = 2_048;

    /// <exception cref="InvalidDataException">The set holds no key that could be used.</exception>
    public static IReadOnlyList<SecurityKey> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var keys = document.RootElement.GetProperty("keys").EnumerateArray().Select(Key).OfType<SecurityKey>().ToList();
        return keys.Count > 0 ? keys : throw new InvalidDataException("The key set holds no RSA or elliptic-curve key for signatures.");
    }

    private static SecurityKey? Key(JsonElement key)
    {
        if (Text(key, "use") is not (null or "sig"))
        {
            return null;
        }

        SecurityKey? made = Text(key, "kty") switch
        {
            "RSA" => Rsa(key),
            "EC" => Curve(Text(key, "crv")) is { } curve ? Ec(key, curve) : null,
            _ => null,
        };
        if (made is not null)
        {
            made.KeyId = Text(key, "kid");
        }

        return made;
    }

    private static RsaSecurityKey? Rsa(JsonElement key)
    {
        var parameters = new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") };
        return parameters.Modulus.Length * 8 >= MinRsaBits ? new RsaSecurityKey(parameters) : null;
    }

    private static ECDsaSecurityKey Ec(JsonElement key, ECCurve curve) =>
        new(ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") } }));

    private static ECCurve? Curve(string? name) => name switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        "P-521" => ECCurve.NamedCurves.nistP521,
        _ => null,
    };

    private static byte[] Bytes(JsonElement key, string name) => Base64UrlEncoder.DecodeBytes(key.GetProperty(name).GetString());

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
