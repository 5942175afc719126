using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.H3;

/// <summary>A vector in space: x towards 0° E on the equator, y towards 90° E, z towards the north pole.</summary>
internal readonly record struct Vec3(double X, double Y, double Z)
{
    private const double RadiansPerDegree = 0.0174532925199432957692369076848861271111;
    private const double DegreesPerRadian = 57.29577951308232087679815481410517033240547;

    public static Vec3 operator +(Vec3 a, Vec3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vec3 operator *(Vec3 a, double factor) => new(a.X * factor, a.Y * factor, a.Z * factor);

    public static double Dot(Vec3 a, Vec3 b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    public static Vec3 Cross(Vec3 a, Vec3 b) =>
        new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    /// <summary>The point on the unit sphere.</summary>
    public static Vec3 FromLatLng(LatLng point)
    {
        var (sinLat, cosLat) = DeterministicMath.SinCos(point.LatitudeDegrees * RadiansPerDegree);
        var (sinLng, cosLng) = DeterministicMath.SinCos(point.LongitudeDegrees * RadiansPerDegree);
        return new Vec3(cosLat * cosLng, cosLat * sinLng, sinLat);
    }

    /// <summary>The direction as a point on the sphere; the length does not matter.</summary>
    public LatLng ToLatLng()
    {
        var latitude = DeterministicMath.Atan2(Z, Math.Sqrt((X * X) + (Y * Y)));
        var longitude = DeterministicMath.Atan2(Y, X);
        return new LatLng(latitude * DegreesPerRadian, longitude * DegreesPerRadian);
    }

    public Vec3 Normalized() => this * (1.0 / Math.Sqrt(Dot(this, this)));
}
