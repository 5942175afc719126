using System.Numerics;
using System.Runtime.Intrinsics;

namespace RealtimeHub.Science.Simulation.Features;

/// <summary>Which cells are active: one bit per cell, rows of whole words.</summary>
public sealed class ActivityMask
{
    internal const int WordBits = 64;

    private readonly ulong[] _words;

    private ActivityMask(int size)
    {
        Size = size;
        WordsPerRow = (size + WordBits - 1) / WordBits;
        _words = new ulong[WordsPerRow * size];
    }

    /// <summary>Cells per side.</summary>
    public int Size { get; }

    /// <summary>How many cells are active.</summary>
    public int Count { get; private set; }

    internal int WordsPerRow { get; }

    /// <summary>The cells of a field that are above a threshold.</summary>
    public static ActivityMask Of(FieldGrid grid, int field, float threshold)
    {
        var mask = new ActivityMask(grid.Size);
        for (var row = 0; row < grid.Size; row++)
        {
            mask.Fill(row, grid.Row(field, row), threshold);
        }

        mask.Tally();
        return mask;
    }

    /// <summary>The cells that a test picks.</summary>
    /// <param name="size">Cells per side.</param>
    /// <param name="isActive">Asked with column and row.</param>
    public static ActivityMask Of(int size, Func<int, int, bool> isActive)
    {
        var mask = new ActivityMask(size);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                if (isActive(column, row))
                {
                    mask._words[(row * mask.WordsPerRow) + (column / WordBits)] |= 1UL << (column % WordBits);
                }
            }
        }

        mask.Tally();
        return mask;
    }

    /// <summary>Whether a cell is active.</summary>
    public bool IsActive(int column, int row) => (_words[(row * WordsPerRow) + (column / WordBits)] >> (column % WordBits) & 1) != 0;

    internal ReadOnlySpan<ulong> Row(int row) => _words.AsSpan(row * WordsPerRow, WordsPerRow);

    private void Fill(int row, ReadOnlySpan<float> cells, float threshold)
    {
        var words = _words.AsSpan(row * WordsPerRow, WordsPerRow);
        var above = Vector512.Create(threshold);
        var column = 0;
        for (; column <= cells.Length - Vector512<float>.Count; column += Vector512<float>.Count)
        {
            var bits = Vector512.GreaterThan(Vector512.Create(cells.Slice(column, Vector512<float>.Count)), above).ExtractMostSignificantBits();
            words[column / WordBits] |= bits << (column % WordBits);
        }

        for (; column < cells.Length; column++)
        {
            words[column / WordBits] |= (cells[column] > threshold ? 1UL : 0UL) << (column % WordBits);
        }
    }

    private void Tally()
    {
        foreach (var word in _words)
        {
            Count += BitOperations.PopCount(word);
        }
    }
}
