using System.Numerics;

namespace RealtimeHub.Science.Simulation.Features;

/// <summary>Fractal dimensions by counting the boxes that hold an active cell.</summary>
public static class BoxCounting
{
    private const int FewestScales = 4;

    private static readonly int[] StreamSizes = [2, 4, 8, 16];

    /// <summary>The dimension by the rule of the feature stream.</summary>
    /// <remarks>
    /// Boxes of 2, 4, 8 and 16 cells that are not larger than the grid, cells beyond the last whole box left out; the slope between the first and the last
    /// scale with activity, kept within 0 to 2. Without activity 0, with one such scale 1.
    /// </remarks>
    public static double TwoPoint(ActivityMask mask)
    {
        var scales = StreamSizes.Where(s => s <= mask.Size).Select(s => (Size: s, Count: Count(mask, s))).Where(s => s.Count > 0).ToList();
        if (scales.Count < 2)
        {
            return scales.Count;
        }

        var slope = Math.Log((double)scales[0].Count / scales[^1].Count) / Math.Log((double)scales[^1].Size / scales[0].Size);
        return Math.Clamp(slope, 0.0, 2.0);
    }

    /// <summary>The least-squares dimension over all scales, and how well the line fits (r²).</summary>
    /// <remarks>
    /// Scales are the sizes that divide the grid, so that no cell is left out; a grid with fewer than four of them (a prime) takes the powers
    /// of two. 0 and 0 for the empty set; r² is 0 where all counts are the same.
    /// </remarks>
    public static (double Dimension, double Fit) LeastSquares(ActivityMask mask)
    {
        if (mask.Count == 0)
        {
            return (0.0, 0.0);
        }

        var sizes = Enumerable.Range(1, mask.Size).Where(s => mask.Size % s == 0).ToList();
        if (sizes.Count < FewestScales)
        {
            sizes = [.. Enumerable.Range(0, 31).Select(i => 1 << i).TakeWhile(s => s <= mask.Size)];
        }

        var points = sizes.Select(s => (X: -Math.Log(s), Count: Count(mask, s))).Where(p => p.Count > 0).Select(p => (p.X, Y: Math.Log(p.Count))).ToList();
        if (points.Count < 2)
        {
            return (0.0, 0.0);
        }

        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        var xx = points.Sum(p => (p.X - x) * (p.X - x));
        var xy = points.Sum(p => (p.X - x) * (p.Y - y));
        var yy = points.Sum(p => (p.Y - y) * (p.Y - y));
        return (xy / xx, yy > 0.0 ? Math.Min(1.0, xy * xy / (xx * yy)) : 0.0);
    }

    /// <summary>How many whole boxes hold an active cell.</summary>
    /// <param name="mask">The cells.</param>
    /// <param name="size">The side of a box.</param>
    public static int Count(ActivityMask mask, int size)
    {
        var boxes = mask.Size / size;
        var isPowerOfTwo = BitOperations.IsPow2(size) && size <= ActivityMask.WordBits;
        Span<ulong> any = stackalloc ulong[mask.WordsPerRow];
        var count = 0;
        for (var row = 0; row < boxes; row++)
        {
            any.Clear();
            for (var line = row * size; line < (row + 1) * size; line++)
            {
                Merge(any, mask.Row(line));
            }

            count += isPowerOfTwo ? CountFolded(any, size, boxes * size) : CountRanges(any, size, boxes);
        }

        return count;
    }

    private static void Merge(Span<ulong> any, ReadOnlySpan<ulong> words)
    {
        var at = 0;
        for (; at <= words.Length - Vector<ulong>.Count; at += Vector<ulong>.Count)
        {
            (new Vector<ulong>(any[at..]) | new Vector<ulong>(words[at..])).CopyTo(any[at..]);
        }

        for (; at < words.Length; at++)
        {
            any[at] |= words[at];
        }
    }

    // Boxes that lie within words: fold the bits of each box onto its first one.
    private static int CountFolded(ReadOnlySpan<ulong> any, int size, int width)
    {
        var firsts = FirstBits(size);
        var count = 0;
        for (var at = 0; at < any.Length; at++)
        {
            var word = any[at];
            var beyond = width - (at * ActivityMask.WordBits);
            word &= beyond >= ActivityMask.WordBits ? ulong.MaxValue : beyond <= 0 ? 0 : (1UL << beyond) - 1;
            for (var half = 1; half < size; half *= 2)
            {
                word |= word >> half;
            }

            count += BitOperations.PopCount(word & firsts);
        }

        return count;
    }

    private static ulong FirstBits(int size)
    {
        var bits = 0UL;
        for (var at = 0; at < ActivityMask.WordBits; at += size)
        {
            bits |= 1UL << at;
        }

        return bits;
    }

    private static int CountRanges(ReadOnlySpan<ulong> any, int size, int boxes)
    {
        var count = 0;
        for (var box = 0; box < boxes; box++)
        {
            count += HasBit(any, box * size, (box + 1) * size) ? 1 : 0;
        }

        return count;
    }

    private static bool HasBit(ReadOnlySpan<ulong> any, int from, int to)
    {
        var (first, last) = (from / ActivityMask.WordBits, (to - 1) / ActivityMask.WordBits);
        for (var at = first; at <= last; at++)
        {
            var word = any[at];
            word = at == first ? word >> (from % ActivityMask.WordBits) << (from % ActivityMask.WordBits) : word;
            var end = to - (at * ActivityMask.WordBits);
            if ((end >= ActivityMask.WordBits ? word : word & ((1UL << end) - 1)) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
