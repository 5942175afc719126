namespace RealtimeHub.Science.Explain;

/// <summary>How much work an explanation is, from its recipe alone; the same on every machine.</summary>
/// <remarks>
/// One operation is one comparison, or one look-up with its addition. What may be asked for is bounded by these
/// counts, never by the clock, so that a recipe which is granted once is granted, and recomputed, always.
/// </remarks>
public static class ExplanationCost
{
    /// <summary>The most trees of one explained ensemble.</summary>
    public const int MaxTrees = 200;

    /// <summary>The largest depth of one explained ensemble.</summary>
    public const int MaxDepth = 4;

    /// <summary>Operations to fold a background into the tables of <see cref="TreeShapley"/>; once per ensemble and background.</summary>
    public static long PreparationOperations(int trees, int depth, int backgroundRows)
    {
        var leaves = 1L << depth;
        var perLeaf = ((long)backgroundRows * depth) + (leaves * leaves * depth);
        return trees * (((long)backgroundRows * (leaves - 1)) + (leaves * perLeaf));
    }

    /// <summary>Operations of exact Shapley values for a number of cells, preparation included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or beyond the bounds of a recipe.</exception>
    public static long ShapleyOperations(int trees, int depth, int backgroundRows, int cells)
    {
        RequireBounds(trees, depth, cells);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(backgroundRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(backgroundRows, TreeShapley.MaxBackgroundRows);
        var leaves = 1L << depth;
        return PreparationOperations(trees, depth, backgroundRows) + (cells * (long)trees * (leaves - 1 + (leaves * depth * 2)));
    }

    /// <summary>Operations of exact path attribution (integrated gradients) for a number of cells, at most.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or beyond the bounds of a recipe.</exception>
    public static long PathOperations(int trees, int depth, int cells)
    {
        RequireBounds(trees, depth, cells);
        var nodes = (1L << depth) - 1;
        // Three passes over the nodes, and at most one crossing per node with six more and two walks down the tree.
        return cells * (long)trees * ((3 * nodes) + (nodes * ((6 * nodes) + (3L * depth))));
    }

    private static void RequireBounds(int trees, int depth, int cells)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trees);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trees, MaxTrees);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, MaxDepth);
        ArgumentOutOfRangeException.ThrowIfNegative(cells);
    }
}
