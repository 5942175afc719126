namespace RealtimeHub.Science.H3;

/// <summary>Finds the cells of a polygon, from the 122 base cells down.</summary>
/// <remarks>
/// Everything below a cell lies in a cap around its centre: the centres of descendants n levels down are at most
/// 7^-½ + 7^-1 + … + 7^-n/2 of a grid step away, and a corner another 7^-n/2 / √3, together never more than 0.608 steps. If no
/// side of the polygon touches the box around the cap, all descendants are inside or all are outside; otherwise the search
/// goes on below with the sides that touch.
/// </remarks>
internal sealed class PolygonCover(PlanePolygon polygon, int resolution, ContainmentMode mode)
{
    private const double CapRadiusSteps = 0.61;

    private readonly List<H3Index> _cells = [];

    public H3Index[] Find()
    {
        foreach (var baseCell in H3Grid.GetRes0Cells())
        {
            Search(baseCell, polygon.Sides);
        }

        _cells.Sort();
        return [.. _cells];
    }

    private void Search(H3Index cell, Segment[] sides)
    {
        var center = H3Grid.CellToLatLng(cell);
        if (cell.Resolution == resolution)
        {
            if (Contains(center) || (mode == ContainmentMode.Overlapping && Overlaps(cell, center, sides)))
            {
                _cells.Add(cell);
            }

            return;
        }

        var box = Box.Around(center, CapRadiusSteps * Icosahedron.MaxStepRadians(cell.Resolution));
        var touching = Array.FindAll(sides, side => Touches(side, box));
        if (touching.Length > 0)
        {
            for (var digit = 0; digit < 7; digit++)
            {
                if (digit != BaseCells.DeletedDigit || !cell.IsPentagon)
                {
                    Search(cell.Child(digit), touching);
                }
            }
        }
        else if (Contains(center))
        {
            H3Grid.AddChildren(cell, resolution, _cells);
        }
    }

    private bool Contains(LatLng point)
    {
        var here = new Box(point.LongitudeDegrees, point.LatitudeDegrees, point.LongitudeDegrees, point.LatitudeDegrees);
        var (first, last) = here.TurnsOver(polygon.Box);
        for (var turn = first; turn <= last; turn++)
        {
            if (polygon.Contains(point.LongitudeDegrees + (360.0 * turn), point.LatitudeDegrees))
            {
                return true;
            }
        }

        return false;
    }

    // If no sides cross, the cell's rim is all inside or all outside; if outside, the polygon may lie within the cell.
    private bool Overlaps(H3Index cell, LatLng center, Segment[] sides)
    {
        var outline = PlanePolygon.FromCell(cell, center);
        var (first, last) = outline.Box.TurnsOver(polygon.Box);
        for (var turn = first; turn <= last; turn++)
        {
            var shift = 360.0 * turn;
            var rim = outline.Sides[0].ShiftedBy(shift);
            var start = polygon.Sides[0];
            if (polygon.Contains(rim.X1, rim.Y1)
                || outline.Contains(start.X1 - shift, start.Y1)
                || Array.Exists(sides, side => Array.Exists(outline.Sides, own => own.ShiftedBy(shift).Crosses(side))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Touches(Segment side, Box box)
    {
        var (first, last) = box.TurnsOver(Box.Around(side));
        for (var turn = first; turn <= last; turn++)
        {
            if (side.Touches(box.ShiftedBy(360.0 * turn)))
            {
                return true;
            }
        }

        return false;
    }
}
