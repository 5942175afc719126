namespace RealtimeHub.Science.H3;

/// <summary>A polygon in the plane of longitude and latitude, cut open so that no side jumps at the antimeridian.</summary>
internal sealed class PlanePolygon
{
    private PlanePolygon(Segment[] sides)
    {
        Sides = sides;
        Box = sides.Select(Box.Around).Aggregate((a, b) => a.Union(b));
    }

    /// <summary>The sides of all rings, the outer ring first.</summary>
    public Segment[] Sides { get; }

    public Box Box { get; }

    /// <summary>Reads positions of longitude and latitude.</summary>
    public static PlanePolygon FromGeoJson(double[][][] rings)
    {
        var sides = new List<Segment>();
        PlanePolygon? outer = null;
        foreach (var ring in rings)
        {
            var points = Array.ConvertAll(ring, ToPoint);
            if (outer is not null && points.Length > 0)
            {
                var start = new Box(points[0].LongitudeDegrees, 0.0, points[0].LongitudeDegrees, 0.0);
                var shift = 360.0 * start.TurnsOver(outer.Box).First;
                points[0] = points[0] with { LongitudeDegrees = points[0].LongitudeDegrees + shift };
            }

            sides.AddRange(CloseRing(points));
            outer ??= new PlanePolygon([.. sides]);
        }

        return new PlanePolygon([.. sides]);
    }

    /// <summary>The outline of a cell, near the longitude of its centre.</summary>
    /// <remarks>Around a pole the outline is a band: it goes to the pole and back where it was cut.</remarks>
    public static PlanePolygon FromCell(H3Index cell, LatLng center)
    {
        var points = Unwrap([center, .. H3Grid.CellToBoundary(cell)], keepsFullTurns: false)[1..];
        var turn = Unwrap([points[^1], points[0]], keepsFullTurns: false)[1].LongitudeDegrees - points[0].LongitudeDegrees;
        if (Math.Abs(turn) < 180.0)
        {
            return new PlanePolygon(Connect(points));
        }

        var pole = Math.CopySign(90.0, center.LatitudeDegrees);
        var (first, last) = (points[0].LongitudeDegrees, points[0].LongitudeDegrees + turn);
        return new PlanePolygon(Connect(
            [.. points, new LatLng(points[0].LatitudeDegrees, last), new LatLng(pole, last), new LatLng(pole, first)]));
    }

    /// <summary>Whether a point lies inside; of two polygons side by side, a point of the rim is in one.</summary>
    public bool Contains(double x, double y)
    {
        var isInside = false;
        foreach (var side in Sides)
        {
            isInside ^= side.IsCrossedByRayFrom(x, y);
        }

        return isInside;
    }

    private static LatLng ToPoint(double[] position) =>
        position is [>= -360.0 and <= 360.0, >= -90.0 and <= 90.0, ..]
            ? new LatLng(position[1], position[0])
            : throw new ArgumentException($"[{string.Join(", ", position)}] is not a position on the globe.", nameof(position));

    private static Segment[] CloseRing(LatLng[] points)
    {
        points = Unwrap(points, keepsFullTurns: true);
        if (points.Length > 1 && points[^1] == points[0])
        {
            points = points[..^1];
        }

        if (points.Length < 3)
        {
            throw new ArgumentException("A ring needs three positions.", nameof(points));
        }

        if (Math.Abs(points[^1].LongitudeDegrees - points[0].LongitudeDegrees) > 180.0)
        {
            throw new ArgumentException("A ring goes around a pole; cut it at the antimeridian.", nameof(points));
        }

        return Connect(points);
    }

    // Each point moved by full turns to within half a turn of the one before it. A side from -180 to 180 or back is meant as
    // such in an outline of the world.
    private static LatLng[] Unwrap(LatLng[] points, bool keepsFullTurns)
    {
        var unwrapped = (LatLng[])points.Clone();
        var turns = 0.0;
        for (var i = 1; i < points.Length; i++)
        {
            var step = points[i].LongitudeDegrees - points[i - 1].LongitudeDegrees;
            turns -= keepsFullTurns && Math.Abs(step) == 360.0 ? 0.0 : Math.Round(step / 360.0);
            unwrapped[i] = points[i] with { LongitudeDegrees = points[i].LongitudeDegrees + (360.0 * turns) };
        }

        return unwrapped;
    }

    private static Segment[] Connect(LatLng[] points)
    {
        var sides = new Segment[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var (start, end) = (points[i], points[(i + 1) % points.Length]);
            sides[i] = new Segment(start.LongitudeDegrees, start.LatitudeDegrees, end.LongitudeDegrees, end.LatitudeDegrees);
        }

        return sides;
    }
}
