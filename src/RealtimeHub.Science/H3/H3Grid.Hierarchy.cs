namespace RealtimeHub.Science.H3;

public static partial class H3Grid
{
    /// <summary>The ancestor of a cell at a coarser resolution, or the cell itself at its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is negative or finer than the cell's.</exception>
    public static H3Index CellToParent(H3Index cell, int resolution)
    {
        RequireCell(cell);
        RequireResolution(resolution, 0, cell.Resolution);
        return cell.AtResolution(resolution);
    }

    /// <summary>The descendant at the centre of a cell.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is coarser than the cell's or above 15.</exception>
    public static H3Index CellToCenterChild(H3Index cell, int resolution)
    {
        RequireCell(cell);
        RequireResolution(resolution, cell.Resolution);
        return cell.AtResolution(resolution);
    }

    /// <summary>How many descendants a cell has at a resolution: 7ⁿ for n levels, fewer for a pentagon.</summary>
    public static long CellToChildrenSize(H3Index cell, int resolution)
    {
        RequireCell(cell);
        RequireResolution(resolution, cell.Resolution);
        var hexagons = PowerOfSeven(resolution - cell.Resolution);
        return cell.IsPentagon ? 1 + (5 * (hexagons - 1) / 6) : hexagons;
    }

    /// <summary>All descendants of a cell at a resolution, in ascending order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is out of range, or they are too many for an array.</exception>
    public static H3Index[] CellToChildren(H3Index cell, int resolution)
    {
        var size = CellToChildrenSize(cell, resolution);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Array.MaxLength, nameof(resolution));
        var children = new List<H3Index>((int)size);
        AddChildren(cell, resolution, children);
        return [.. children];
    }

    /// <summary>The fewest cells that cover the same as cells of one resolution: every complete family gives way to its parent.</summary>
    /// <returns>Cells of mixed resolutions in ascending order, so coarse before fine.</returns>
    /// <exception cref="ArgumentException">The cells are not of one resolution, or one comes twice.</exception>
    public static H3Index[] CompactCells(IEnumerable<H3Index> cells)
    {
        var level = cells.Order().ToList();
        level.ForEach(RequireCell);
        for (var i = 1; i < level.Count; i++)
        {
            if (level[i] == level[i - 1] || level[i].Resolution != level[0].Resolution)
            {
                throw new ArgumentException($"{level[i]} comes twice or is not of the resolution of the others.", nameof(cells));
            }
        }

        var compacted = new List<H3Index>();
        while (level.Count > 0)
        {
            level = TakeParents(level, compacted);
        }

        compacted.Sort();
        return [.. compacted];
    }

    /// <summary>The cells of one resolution that cover the same as the given ones: the inverse of <see cref="CompactCells"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A cell is finer than the resolution.</exception>
    public static H3Index[] UncompactCells(IEnumerable<H3Index> cells, int resolution)
    {
        var children = new List<H3Index>();
        foreach (var cell in cells)
        {
            RequireCell(cell);
            RequireResolution(resolution, cell.Resolution);
            AddChildren(cell, resolution, children);
        }

        children.Sort();
        return [.. children];
    }

    internal static void AddChildren(H3Index cell, int resolution, List<H3Index> children)
    {
        if (cell.Resolution == resolution)
        {
            children.Add(cell);
            return;
        }

        var isPentagon = cell.IsPentagon;
        for (var digit = 0; digit < 7; digit++)
        {
            if (!isPentagon || digit != BaseCells.DeletedDigit)
            {
                AddChildren(cell.Child(digit), resolution, children);
            }
        }
    }

    // Siblings stand side by side in ascending order. Complete families go up; the others are done.
    private static List<H3Index> TakeParents(List<H3Index> level, List<H3Index> compacted)
    {
        var parents = new List<H3Index>();
        var resolution = level[0].Resolution - 1;
        for (var start = 0; start < level.Count;)
        {
            if (resolution < 0)
            {
                compacted.Add(level[start++]);
                continue;
            }

            var parent = level[start].AtResolution(resolution);
            var end = start;
            while (end < level.Count && level[end].AtResolution(resolution) == parent)
            {
                end++;
            }

            if (end - start == (parent.IsPentagon ? 6 : 7))
            {
                parents.Add(parent);
            }
            else
            {
                compacted.AddRange(level[start..end]);
            }

            start = end;
        }

        return parents;
    }

    private static long PowerOfSeven(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
        {
            power *= 7;
        }

        return power;
    }
}
