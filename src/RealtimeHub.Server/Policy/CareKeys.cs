using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RealtimeHub.Server.Policy;

/// <summary>The names of decisions and contents: hashes of what they depend on.</summary>
internal static class CareKeys
{
    public static string ContentKey(CareAudience audience) => Hash(audience.Authority ?? "")[..16];

    public static string DecisionId(CareRequest request, string version, string result)
    {
        var bounds = request.Place.Bounds;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{version}\n{request.Principal.RateClass}\n{string.Join(',', request.Principal.Roles.Order(StringComparer.Ordinal))}\n{request.Principal.Team}\n{request.Kind}\n{request.Place.GetType().Name} {bounds.West:R} {bounds.South:R} {bounds.East:R} {bounds.North:R}\n{string.Join(',', request.Variables)}\n{request.TimeMode} {request.Zoom} {request.OnProtected} {request.IntervalSeconds}\n{result}");
        return PolicyUrns.Decision(Hash(text)[..32]);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
