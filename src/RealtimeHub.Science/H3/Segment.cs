namespace RealtimeHub.Science.H3;

/// <summary>A straight side in the plane of longitude (x) and latitude (y), in degrees.</summary>
internal readonly record struct Segment(double X1, double Y1, double X2, double Y2)
{
    public Segment ShiftedBy(double x) => new(X1 + x, Y1, X2 + x, Y2);

    /// <summary>Whether the two have a point in common, ends included.</summary>
    public bool Crosses(Segment other) =>
        Touches(Box.Around(other))
        && SideOf(other.X1, other.Y1) * SideOf(other.X2, other.Y2) <= 0
        && other.SideOf(X1, Y1) * other.SideOf(X2, Y2) <= 0;

    /// <summary>Whether any part lies in a box, its rim included.</summary>
    public bool Touches(Box box)
    {
        if (Math.Max(X1, X2) < box.West || Math.Min(X1, X2) > box.East
            || Math.Max(Y1, Y2) < box.South || Math.Min(Y1, Y2) > box.North)
        {
            return false;
        }

        var southWest = SideOf(box.West, box.South);
        var southEast = SideOf(box.East, box.South);
        var northWest = SideOf(box.West, box.North);
        var northEast = SideOf(box.East, box.North);
        return Math.Min(Math.Min(southWest, southEast), Math.Min(northWest, northEast)) <= 0
            && Math.Max(Math.Max(southWest, southEast), Math.Max(northWest, northEast)) >= 0;
    }

    /// <summary>Whether a ray from a point towards the east passes through; each end counts for one side only.</summary>
    public bool IsCrossedByRayFrom(double x, double y) =>
        Y1 > y != Y2 > y && x < X1 + ((y - Y1) / (Y2 - Y1) * (X2 - X1));

    // Positive to the left, negative to the right of the line, the sign of twice the area of the triangle.
    private int SideOf(double x, double y) => Math.Sign(((X2 - X1) * (y - Y1)) - ((Y2 - Y1) * (x - X1)));
}
