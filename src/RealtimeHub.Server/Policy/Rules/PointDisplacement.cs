using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Policy.Rules;

/// <summary>Shows a point record somewhere in a ring around where it is: never at its place, and always at the same other one.</summary>
/// <remarks>
/// The place follows from a secret and the record's id (HMAC-SHA256), so that asking again averages nothing out. Rounding, a constant shift and
/// unbounded noise are no masks. Source: Kansas Frontier Matrix, standards/geospatial/geoprivacy-masking.
/// </remarks>
internal static class PointDisplacement
{
    public const int MaxDraws = 5;

    private const double EarthRadiusMetres = 6_371_008.8;

    private static readonly Dictionary<SensitivityLabel, (double Min, double Max)> Rings = new()
    {
        [SensitivityLabel.Public] = (50, 150),
        [SensitivityLabel.Community] = (250, 500),
        [SensitivityLabel.Sensitive] = (1_000, 3_000),
        [SensitivityLabel.Sacred] = (3_000, 10_000),
    };

    /// <summary>The radii of the ring, in metres.</summary>
    public static (double Min, double Max) RingOf(SensitivityLabel label) => Rings[label];

    /// <summary>The place to show.</summary>
    /// <param name="secret">The key of the displacement.</param>
    /// <param name="recordId">Identifies the record, for ever.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="label">How sensitive it is.</param>
    /// <param name="isAllowed">Whether it may be shown at a place: inside the domain, and in nothing that is concealed.</param>
    /// <returns>Null if no draw was allowed: then the record is not shown at all.</returns>
    public static LatLng? Displace(string secret, string recordId, LatLng place, SensitivityLabel label, Func<LatLng, bool> isAllowed)
    {
        var (min, max) = Rings[label];
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            // The separator cannot occur in an id, so that no two records share a draw.
            var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{recordId}\0{draw}"));
            var radius = Math.Sqrt((min * min) + (Unit(hash) * ((max * max) - (min * min))));
            var shown = Move(place, radius, Unit(hash.AsSpan(8)) * 2 * Math.PI);
            if (isAllowed(shown))
            {
                return shown;
            }
        }

        return null;
    }

    /// <summary>The distance of two places on the sphere, in metres.</summary>
    public static double MetresBetween(LatLng a, LatLng b)
    {
        var (north, east) = (Radians(b.LatitudeDegrees - a.LatitudeDegrees), Radians(b.LongitudeDegrees - a.LongitudeDegrees));
        var h = Square(Math.Sin(north / 2)) + (Math.Cos(Radians(a.LatitudeDegrees)) * Math.Cos(Radians(b.LatitudeDegrees)) * Square(Math.Sin(east / 2)));
        return 2 * EarthRadiusMetres * Math.Asin(Math.Sqrt(h));
    }

    private static LatLng Move(LatLng from, double metres, double bearing)
    {
        var (latitude, angle) = (Radians(from.LatitudeDegrees), metres / EarthRadiusMetres);
        var moved = Math.Asin((Math.Sin(latitude) * Math.Cos(angle)) + (Math.Cos(latitude) * Math.Sin(angle) * Math.Cos(bearing)));
        var east = Math.Atan2(Math.Sin(bearing) * Math.Sin(angle) * Math.Cos(latitude), Math.Cos(angle) - (Math.Sin(latitude) * Math.Sin(moved)));
        return new LatLng(moved * 180 / Math.PI, from.LongitudeDegrees + (east * 180 / Math.PI));
    }

    private static double Unit(ReadOnlySpan<byte> hash) => (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static double Square(double value) => value * value;
}
