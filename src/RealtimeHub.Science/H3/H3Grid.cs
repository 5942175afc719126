namespace RealtimeHub.Science.H3;

/// <summary>The H3 grid: a hierarchy of hexagonal cells over the globe, 16 resolutions, with the verbs of the H3 libraries.</summary>
/// <remarks>
/// <para>
/// An icosahedron around the globe carries a hexagonal grid on each face, projected gnomonically. Each finer grid has cells
/// of a seventh of the area, turned by 19.1°. At the twelve corners the cells are pentagons. The names of cells, the grid and
/// the meaning of each operation are those of H3 (I. Brodsky, "H3: Uber's Hexagonal Hierarchical Spatial Index", 2018;
/// h3geo.org); the code is our own, the constants are those of the reference library, github.com/uber/h3, Apache-2.0.
/// </para>
/// <para>
/// The results are the same bits on every machine. Arguments are checked: a resolution that is out of range or an index that
/// is not a valid cell throws.
/// </para>
/// </remarks>
public static partial class H3Grid
{
    /// <summary>The finest resolution.</summary>
    public const int MaxResolution = 15;

    /// <summary>The cell that contains a point.</summary>
    /// <param name="point">Latitude from −90 to 90, longitude from −360 to 360 degrees.</param>
    /// <param name="resolution">From 0 to 15.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range or not a number.</exception>
    public static H3Index LatLngToCell(LatLng point, int resolution)
    {
        RequireResolution(resolution, 0);
        if (!(Math.Abs(point.LatitudeDegrees) <= 90.0) || !(Math.Abs(point.LongitudeDegrees) <= 360.0))
        {
            throw new ArgumentOutOfRangeException(nameof(point), point, "The point is not on the globe.");
        }

        return CellCode.Encode(Icosahedron.Project(Vec3.FromLatLng(point), resolution), resolution);
    }

    /// <summary>The centre of a cell.</summary>
    public static LatLng CellToLatLng(H3Index cell)
    {
        RequireCell(cell);
        var place = CellCode.Decode(cell);
        var (x, y) = place.Coord.ToPlane();
        return Icosahedron.Unproject(place.Face, x, y, cell.Resolution);
    }

    /// <summary>The corners of a cell, counterclockwise, the first not repeated.</summary>
    /// <remarks>
    /// Six, or five of a pentagon; at odd resolutions there is one more where a side crosses an edge of the icosahedron,
    /// so up to ten. The sides are arcs of great circles.
    /// </remarks>
    public static LatLng[] CellToBoundary(H3Index cell)
    {
        RequireCell(cell);
        return CellBoundary.Of(cell);
    }

    /// <summary>Whether the bits name a cell that exists.</summary>
    public static bool IsValidCell(H3Index cell) => cell.IsValidCell;

    /// <summary>The level of a cell, from 0 to 15.</summary>
    public static int GetResolution(H3Index cell) => cell.Resolution;

    /// <summary>The number of the resolution 0 cell above a cell, from 0 to 121.</summary>
    public static int GetBaseCell(H3Index cell) => cell.BaseCell;

    /// <summary>Whether a cell is one of the twelve of its resolution that have five neighbours.</summary>
    public static bool IsPentagon(H3Index cell) => cell.IsPentagon;

    private static void RequireCell(H3Index cell)
    {
        if (!cell.IsValidCell)
        {
            throw new ArgumentException($"{cell} is not a valid H3 cell.", nameof(cell));
        }
    }

    private static void RequireResolution(int resolution, int min, int max = MaxResolution)
    {
        if (resolution < min || resolution > max)
        {
            throw new ArgumentOutOfRangeException(nameof(resolution), resolution, $"A resolution from {min} to {max} is needed.");
        }
    }
}
