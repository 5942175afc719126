using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.H3;

/// <summary>Gnomonic projection between the sphere and the planes of the 20 faces.</summary>
/// <remarks>
/// A plane touches the sphere at the centre of its face, and its axes are unit vectors in space, so that projecting is a
/// division and two scalar products; no angle is formed.
/// </remarks>
internal static class Icosahedron
{
    public const int FaceCount = 20;

    // A step of the resolution 0 grid is (3 - √5) / 2 of the sphere's radius in the plane; this is its inverse.
    private const double StepsPerRadius = 2.61803398874989588842;
    private const double RadiusPerStep = 0.38196601125010500003;
    private const double Sqrt7 = 2.6457513110645905905016157536392604257102;

    // The turn between a grid and the next finer one: asin √(3/28).
    private const double SinTurn = 0.3273268353539885718950318;
    private const double CosTurn = 0.9449111825230680680167902;

    private static readonly Vec3[] Centers = MakeCenters();
    private static readonly (Vec3 X, Vec3 Y)[] ClassIIAxes = MakeClassIIAxes();
    private static readonly (Vec3 X, Vec3 Y)[] ClassIIIAxes = Array.ConvertAll(
        ClassIIAxes,
        axes => ((axes.X * CosTurn) + (axes.Y * SinTurn), (axes.Y * CosTurn) + (axes.X * -SinTurn)));

    private static readonly double[] StepsPerBaseStep = MakeSteps();

    /// <summary>The angle in radians that no grid step of a resolution exceeds on the sphere.</summary>
    /// <remarks>The projection from plane to sphere shortens everywhere; at the centre of a face not at all.</remarks>
    public static double MaxStepRadians(int resolution) => RadiusPerStep / StepsPerBaseStep[resolution];

    /// <summary>The face a point of the unit sphere lies on, and the place of the cell around it in the plane of that face.</summary>
    public static FaceIj Project(Vec3 point, int resolution)
    {
        var face = 0;
        var cosine = -2.0;
        for (var f = 0; f < FaceCount; f++)
        {
            var candidate = Vec3.Dot(point, Centers[f]);
            if (candidate > cosine)
            {
                (face, cosine) = (f, candidate);
            }
        }

        var (axisX, axisY) = CoordIj.IsClassIII(resolution) ? ClassIIIAxes[face] : ClassIIAxes[face];
        var scale = StepsPerRadius * StepsPerBaseStep[resolution] / cosine;
        return new FaceIj(face, CoordIj.FromPlane(Vec3.Dot(point, axisX) * scale, Vec3.Dot(point, axisY) * scale));
    }

    /// <summary>A place in the plane of a face, in steps of a resolution, on the sphere.</summary>
    public static LatLng Unproject(int face, double x, double y, int resolution)
    {
        var (axisX, axisY) = CoordIj.IsClassIII(resolution) ? ClassIIIAxes[face] : ClassIIAxes[face];
        var scale = RadiusPerStep / StepsPerBaseStep[resolution];
        return (Centers[face] + (axisX * (x * scale)) + (axisY * (y * scale))).ToLatLng();
    }

    private static Vec3[] MakeCenters()
    {
        var centers = new Vec3[FaceCount];
        for (var face = 0; face < FaceCount; face++)
        {
            var c = FaceTables.Centers.AsSpan(face * 3, 3);
            centers[face] = new Vec3(c[0], c[1], c[2]);
        }

        return centers;
    }

    // The table gives the azimuth of the x axis, clockwise from north; y is a quarter turn counterclockwise of it.
    private static (Vec3 X, Vec3 Y)[] MakeClassIIAxes()
    {
        var axes = new (Vec3 X, Vec3 Y)[FaceCount];
        for (var face = 0; face < FaceCount; face++)
        {
            var center = Centers[face];
            var north = (new Vec3(0.0, 0.0, 1.0) + (center * -center.Z)).Normalized();
            var east = Vec3.Cross(north, center);
            var (sin, cos) = DeterministicMath.SinCos(FaceTables.AxisAzimuths[face]);
            axes[face] = ((north * cos) + (east * sin), (north * sin) + (east * -cos));
        }

        return axes;
    }

    // One resolution finer than the finest cells: their corners are computed there.
    private static double[] MakeSteps()
    {
        var steps = new double[H3Grid.MaxResolution + 2];
        var even = 1.0;
        for (var resolution = 0; resolution < steps.Length; resolution++)
        {
            steps[resolution] = CoordIj.IsClassIII(resolution) ? even * Sqrt7 : even;
            even *= CoordIj.IsClassIII(resolution) ? 7.0 : 1.0;
        }

        return steps;
    }
}
