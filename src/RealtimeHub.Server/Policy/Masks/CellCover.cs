using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy.Areas;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Server.Policy.Masks;

/// <summary>The H3 cells that an area acts on: all that it overlaps, and never so few that the set itself points at it.</summary>
internal static class CellCover
{
    // Cells of a coarse resolution do not hold exactly their children's area, so an area is also covered a little finer and lifted.
    private const int LiftLevels = 2;

    public static HashSet<H3Index> Of(ProtectedArea area, int resolution)
    {
        var cells = new HashSet<H3Index>();
        var finer = Math.Min(resolution + LiftLevels, FinestLift(area));
        foreach (var polygon in area.Polygons())
        {
            cells.UnionWith(H3Grid.PolygonToCells(polygon, resolution, ContainmentMode.Overlapping));
            if (finer > resolution)
            {
                cells.UnionWith(H3Grid.PolygonToCells(polygon, finer, ContainmentMode.Overlapping).Select(c => H3Grid.CellToParent(c, resolution)));
            }
        }

        return LeakRules.Widen(cells, resolution);
    }

    // Large areas are covered at no more than some thousand cells.
    private static int FinestLift(ProtectedArea area)
    {
        var resolution = MaskBuilder.BaseResolution;
        while (resolution > 0 && area.AreaKm2 / H3Grid.GetHexagonAreaAvgKm2(resolution) > 5_000)
        {
            resolution--;
        }

        return resolution;
    }
}
