namespace RealtimeHub.Science.Simulation.Features;

/// <summary>The connected groups of active cells; neighbours share a side, and the edges of the grid connect nothing.</summary>
public static class ClusterSizes
{
    /// <summary>The number of cells of each cluster, in no order.</summary>
    public static IReadOnlyList<int> Of(ActivityMask mask)
    {
        // Runs of active cells along a row are joined with the runs they touch in the row above.
        var forest = new List<(int Parent, int Cells)>();
        var above = new List<(int From, int To, int Id)>();
        var here = new List<(int From, int To, int Id)>();
        for (var row = 0; row < mask.Size; row++)
        {
            here.Clear();
            Collect(mask, row, forest, here);
            Join(forest, above, here);
            (above, here) = (here, above);
        }

        return [.. forest.Where((node, id) => node.Parent == id).Select(node => node.Cells)];
    }

    private static void Collect(ActivityMask mask, int row, List<(int Parent, int Cells)> forest, List<(int From, int To, int Id)> runs)
    {
        for (var column = 0; column < mask.Size; column++)
        {
            if (!mask.IsActive(column, row))
            {
                continue;
            }

            var from = column;
            while (column < mask.Size && mask.IsActive(column, row))
            {
                column++;
            }

            runs.Add((from, column, forest.Count));
            forest.Add((forest.Count, column - from));
        }
    }

    private static void Join(List<(int Parent, int Cells)> forest, List<(int From, int To, int Id)> above, List<(int From, int To, int Id)> here)
    {
        var (a, h) = (0, 0);
        while (a < above.Count && h < here.Count)
        {
            if (above[a].From < here[h].To && here[h].From < above[a].To)
            {
                Union(forest, above[a].Id, here[h].Id);
            }

            if (above[a].To < here[h].To)
            {
                a++;
            }
            else
            {
                h++;
            }
        }
    }

    private static void Union(List<(int Parent, int Cells)> forest, int left, int right)
    {
        var (a, b) = (Root(forest, left), Root(forest, right));
        if (a == b)
        {
            return;
        }

        if (forest[a].Cells < forest[b].Cells)
        {
            (a, b) = (b, a);
        }

        forest[a] = (a, forest[a].Cells + forest[b].Cells);
        forest[b] = (a, 0);
    }

    private static int Root(List<(int Parent, int Cells)> forest, int id)
    {
        while (forest[id].Parent != id)
        {
            forest[id] = (forest[forest[id].Parent].Parent, forest[id].Cells);
            id = forest[id].Parent;
        }

        return id;
    }
}
