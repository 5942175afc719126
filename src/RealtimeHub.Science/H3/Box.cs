using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.H3;

/// <summary>A range of longitude and latitude in degrees; longitudes go on beyond 180.</summary>
internal readonly record struct Box(double West, double South, double East, double North)
{
    private const double DegreesPerRadian = 57.29577951308232087679815481410517033240547;

    public static Box Around(Segment side) => new(
        Math.Min(side.X1, side.X2),
        Math.Min(side.Y1, side.Y2),
        Math.Max(side.X1, side.X2),
        Math.Max(side.Y1, side.Y2));

    /// <summary>The least box around all points within an angle of a point; of all longitudes if it holds a pole.</summary>
    public static Box Around(LatLng center, double radiusRadians)
    {
        var height = radiusRadians * DegreesPerRadian;
        var (south, north) = (center.LatitudeDegrees - height, center.LatitudeDegrees + height);
        var width = south <= -90.0 || north >= 90.0
            ? 180.0
            : DegreesPerRadian * DeterministicMath.Asin(
                DeterministicMath.Sin(radiusRadians) / DeterministicMath.Cos(center.LatitudeDegrees / DegreesPerRadian));
        return new Box(center.LongitudeDegrees - width, south, center.LongitudeDegrees + width, north);
    }

    public Box Union(Box other) => new(
        Math.Min(West, other.West),
        Math.Min(South, other.South),
        Math.Max(East, other.East),
        Math.Max(North, other.North));

    public Box ShiftedBy(double x) => this with { West = West + x, East = East + x };

    /// <summary>The first and last number of full turns by which this box is moved east to lie beside or over another.</summary>
    public (int First, int Last) TurnsOver(Box other) =>
        ((int)Math.Ceiling((other.West - East) / 360.0), (int)Math.Floor((other.East - West) / 360.0));
}
