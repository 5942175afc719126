namespace RealtimeHub.Science.H3;

/// <summary>Between the name of a cell and its place on a face of the icosahedron.</summary>
/// <remarks>
/// The algorithm is that of h3Index.c of the reference library (github.com/uber/h3, Apache-2.0): the place is carried up,
/// one resolution at a time, to a base cell, and each step that the parent's centre child is away gives a digit.
/// </remarks>
internal static class CellCode
{
    private const int IDigit = 4;
    private const int IkDigit = 5;

    /// <summary>The cell at a place; the place may lie up to a few cells beyond the triangle of its face.</summary>
    public static H3Index Encode(FaceIj place, int resolution)
    {
        var digits = 0UL;
        var coord = place.Coord;
        for (var r = resolution; r > 0; r--)
        {
            var parent = coord.ToParent(r);
            var step = coord - parent.ToCenterChild(r);
            digits |= (ulong)step.ToDigit() << H3Index.DigitShift(r);
            coord = parent;
        }

        var (baseCell, turns) = BaseCells.At(place with { Coord = coord });
        var cell = H3Index.Create(resolution, baseCell, digits);
        if (!BaseCells.IsPentagon(baseCell))
        {
            return cell.Rotate60Ccw(turns);
        }

        if (cell.LeadingDigit == BaseCells.DeletedDigit)
        {
            cell = BaseCells.IsClockwiseOffset(baseCell, place.Face) ? cell.Rotate60Cw() : cell.Rotate60Ccw(1);
        }

        for (var turn = 0; turn < turns; turn++)
        {
            cell = RotatePentagonCcw(cell);
        }

        return cell;
    }

    /// <summary>The place of a valid cell, on the face that holds its centre.</summary>
    public static FaceIj Decode(H3Index cell)
    {
        var resolution = cell.Resolution;
        var isOnPentagon = BaseCells.IsPentagon(cell.BaseCell);
        var leadingDigit = isOnPentagon ? cell.LeadingDigit : 0;
        if (leadingDigit == IkDigit)
        {
            cell = cell.Rotate60Cw();
        }

        var home = BaseCells.Home(cell.BaseCell);
        var coord = home.Coord;
        for (var r = 1; r <= resolution; r++)
        {
            coord = coord.ToCenterChild(r) + CoordIj.FromDigit(cell.Digit(r));
        }

        var place = home with { Coord = coord };
        return !isOnPentagon && home.Coord == default ? place : Settle(place, resolution, isOnPentagon, leadingDigit == IDigit);
    }

    /// <summary>Gives a place beyond the triangle of its face on the face that holds it.</summary>
    /// <param name="place">The place, which may be of Class III; it is then looked at in the next finer grid.</param>
    /// <param name="resolution">The resolution of the grid.</param>
    /// <param name="isOnPentagon">Whether more than one edge may be crossed.</param>
    /// <param name="isBehindGap">Whether the missing sector of a pentagon, at the i corner, lies on the way.</param>
    public static FaceIj Settle(FaceIj place, int resolution, bool isOnPentagon, bool isBehindGap)
    {
        var isClassIII = CoordIj.IsClassIII(resolution);
        var fine = isClassIII ? place with { Coord = place.Coord.ToCenterChild(resolution + 1) } : place;
        var baseStep = FaceIj.StepsPerBaseStep(isClassIII ? resolution + 1 : resolution);
        if (!fine.TryCross(baseStep, out var crossed))
        {
            return place;
        }

        if (isBehindGap && fine.Coord.J < 0 && fine.Coord.J <= fine.Coord.I)
        {
            var corner = new CoordIj(2 * baseStep, 0);
            crossed = (fine with { Coord = (fine.Coord - corner).Rotate60Cw() + corner }).Cross(FaceEdge.KI, baseStep);
        }

        crossed = isOnPentagon ? crossed.CrossAll(baseStep) : crossed;
        return isClassIII ? crossed with { Coord = crossed.Coord.ToParent(resolution + 1) } : crossed;
    }

    // A turn around a pentagon skips the sector that is missing.
    private static H3Index RotatePentagonCcw(H3Index cell)
    {
        cell = cell.Rotate60Ccw(1);
        return cell.LeadingDigit == BaseCells.DeletedDigit ? cell.Rotate60Ccw(1) : cell;
    }
}
