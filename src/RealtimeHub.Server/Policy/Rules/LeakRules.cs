using RealtimeHub.Science.H3;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Policy.Rules;

/// <summary>Limits that keep a mask from pointing at what it hides.</summary>
/// <remarks>Source: Kansas Frontier Matrix, standards/data-generalization/geo, anti-triangulation and zoom-leakage scenarios.</remarks>
internal static class LeakRules
{
    public const double MinClusterSquareMetres = 500_000;
    public const int MinClusterCells = 3;
    public const double MaxShareOfCell = 0.3;
    public const double MaxEdgePixels = 128;

    /// <summary>Adds neighbours to each cluster until it is large enough that it singles nothing out; no more, because each masks somebody's weather.</summary>
    public static HashSet<H3Index> Widen(HashSet<H3Index> cells, int resolution)
    {
        var min = Math.Max(MinClusterCells, (int)Math.Ceiling(MinClusterSquareMetres / (H3Grid.GetHexagonAreaAvgKm2(resolution) * 1e6)));
        var wide = new HashSet<H3Index>(cells);
        foreach (var cluster in Clusters(cells))
        {
            while (cluster.Count < min)
            {
                // The neighbours by index: which cell was there first does not follow from the shape.
                cluster.UnionWith(cluster.SelectMany(c => H3Grid.GridDisk(c, 1)).Except(cluster).Order().Take(min - cluster.Count).ToList());
            }

            wide.UnionWith(cluster);
        }

        return wide;
    }

    /// <summary>The finest resolution, up to one, at which an area that is smaller than a cell covers little enough of it.</summary>
    public static int CoarsenForShare(ProtectedArea area, int resolution)
    {
        while (resolution > 0 && area.AreaKm2 / H3Grid.GetHexagonAreaAvgKm2(resolution) is > MaxShareOfCell and < 1)
        {
            resolution--;
        }

        return resolution;
    }

    private static List<HashSet<H3Index>> Clusters(HashSet<H3Index> cells)
    {
        var (clusters, left) = (new List<HashSet<H3Index>>(), new SortedSet<H3Index>(cells));
        while (left.Count > 0)
        {
            var cluster = new HashSet<H3Index>();
            var next = new Stack<H3Index>([left.Min]);
            left.Remove(left.Min);
            while (next.TryPop(out var cell))
            {
                cluster.Add(cell);
                foreach (var neighbor in H3Grid.GridDisk(cell, 1).Where(left.Remove))
                {
                    next.Push(neighbor);
                }
            }

            clusters.Add(cluster);
        }

        return clusters;
    }
}
