namespace RealtimeHub.Science.H3;

public static partial class H3Grid
{
    /// <summary>All cells within a number of steps of a cell.</summary>
    /// <returns>The origin first, then ring after ring: 1 + 3k(k + 1) cells, fewer where a pentagon is near.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is negative.</exception>
    public static H3Index[] GridDisk(H3Index origin, int k)
    {
        RequireCell(origin);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var disk = new List<H3Index> { origin };
        var seen = new HashSet<H3Index> { origin };
        Span<H3Index> neighbors = stackalloc H3Index[6];
        for (int ring = 0, start = 0; ring < k && start < disk.Count; ring++)
        {
            var end = disk.Count;
            for (; start < end; start++)
            {
                foreach (var neighbor in neighbors[..FindNeighbors(disk[start], neighbors)])
                {
                    if (seen.Add(neighbor))
                    {
                        disk.Add(neighbor);
                    }
                }
            }
        }

        return [.. disk];
    }

    /// <summary>The number of steps from one cell to another of the same resolution.</summary>
    /// <returns>
    /// The length of the shortest path, or null where it is not computed: if the faces of the icosahedron on which the cells
    /// lie share no corner, so for cells some thousand kilometres apart.
    /// </returns>
    /// <remarks>
    /// The faces between the two are unfolded into one plane. The reference library gives no distance across a pentagon; we
    /// take the shorter way around it.
    /// </remarks>
    /// <exception cref="ArgumentException">The resolutions differ.</exception>
    public static int? GridDistance(H3Index origin, H3Index destination)
    {
        RequireCell(origin);
        RequireCell(destination);
        if (origin.Resolution != destination.Resolution)
        {
            throw new ArgumentException($"{origin} and {destination} are not of one resolution.", nameof(destination));
        }

        return FaceUnfolding.Distance(CellCode.Decode(origin), CellCode.Decode(destination), origin.Resolution);
    }

    // Steps off the grid of the cell's own face; around a pentagon two of the six lead to the same cell.
    private static int FindNeighbors(H3Index cell, Span<H3Index> neighbors)
    {
        var count = 0;
        var place = CellCode.Decode(cell);
        for (var digit = 1; digit < 7; digit++)
        {
            var step = place with { Coord = place.Coord + CoordIj.FromDigit(digit) };
            var neighbor = CellCode.Encode(CellCode.Settle(step, cell.Resolution, true, false), cell.Resolution);
            if (!neighbors[..count].Contains(neighbor))
            {
                neighbors[count++] = neighbor;
            }
        }

        return count;
    }
}
