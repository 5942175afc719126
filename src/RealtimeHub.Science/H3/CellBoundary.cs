namespace RealtimeHub.Science.H3;

/// <summary>The corners of cells.</summary>
/// <remarks>
/// Corners are places of a substrate grid, three times finer than the next Class II grid. A straight side in the plane of a
/// face is an arc of a great circle, but a side that crosses an edge of the icosahedron continues in another plane, and so
/// gets a corner there. At Class II resolutions the corners themselves lie on the edges.
/// </remarks>
internal static class CellBoundary
{
    public static LatLng[] Of(H3Index cell)
    {
        var resolution = cell.Resolution;
        var center = CellCode.Decode(cell);
        var isClassIII = CoordIj.IsClassIII(resolution);
        var fine = isClassIII ? resolution + 1 : resolution;
        var coord = (isClassIII ? center.Coord.ToCenterChild(fine) : center.Coord) * 3;
        var offset = isClassIII ? new CoordIj(5, 4) : new CoordIj(2, 1);
        var corners = new FaceIj[cell.IsPentagon ? 5 : 6];
        for (var v = 0; v < corners.Length; v++)
        {
            corners[v] = center with { Coord = coord + offset };
            offset = offset.Rotate60Ccw();
        }

        var baseStep = 3 * FaceIj.StepsPerBaseStep(fine);
        if (cell.IsPentagon)
        {
            corners = Array.ConvertAll(corners, corner => corner.CrossAll(baseStep));
        }

        var boundary = new List<LatLng>(10);
        for (var v = 0; v < corners.Length; v++)
        {
            var corner = corners[v];
            var next = corners[(v + 1) % corners.Length];
            boundary.Add(ToLatLng(corner.CrossAll(baseStep), 0.0, default, fine));
            if (isClassIII)
            {
                AddCrossing(boundary, corner, next, baseStep, fine);
            }
        }

        return [.. boundary];
    }

    // Where a side, both ends seen in the plane of the first, passes an edge of the face.
    private static void AddCrossing(List<LatLng> boundary, FaceIj start, FaceIj end, int baseStep, int resolution)
    {
        if (end.Face != start.Face)
        {
            end = end.Cross(FaceIj.EdgeBetween(end.Face, start.Face)!.Value, baseStep);
        }

        for (var edge = FaceEdge.IJ; edge <= FaceEdge.JK; edge++)
        {
            long before = FaceIj.TowardsEdge(start.Coord, edge) - (2 * baseStep);
            long after = FaceIj.TowardsEdge(end.Coord, edge) - (2 * baseStep);
            if (before * after < 0)
            {
                boundary.Add(ToLatLng(start, before / (double)(before - after), end.Coord, resolution));
            }
        }
    }

    // A part of the way from one place of the substrate grid to another.
    private static LatLng ToLatLng(FaceIj start, double part, CoordIj end, int resolution)
    {
        var (x, y) = start.Coord.ToPlane();
        var (endX, endY) = end.ToPlane();
        x += part * (endX - x);
        y += part * (endY - y);
        return Icosahedron.Unproject(start.Face, x / 3.0, y / 3.0, resolution);
    }
}
