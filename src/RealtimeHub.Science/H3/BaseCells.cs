namespace RealtimeHub.Science.H3;

/// <summary>Look-ups in <see cref="BaseCellTables"/>, and how digits turn.</summary>
internal static class BaseCells
{
    /// <summary>The direction in which a pentagon has neither child nor neighbour.</summary>
    public const int DeletedDigit = 1;

    // Bit n of the two words: base cell n is a pentagon.
    private const ulong LowPentagons = (1UL << 4) | (1UL << 14) | (1UL << 24) | (1UL << 38) | (1UL << 49) | (1UL << 58) | (1UL << 63);
    private const ulong HighPentagons = (1UL << 8) | (1UL << 19) | (1UL << 33) | (1UL << 43) | (1UL << 53);

    /// <summary>The digits 0 to 7 after none to five turns by 60° counterclockwise.</summary>
    public static ReadOnlySpan<byte> RotatedCcw =>
    [
        0, 1, 2, 3, 4, 5, 6, 7,
        0, 5, 3, 1, 6, 4, 2, 7,
        0, 4, 1, 5, 2, 6, 3, 7,
        0, 6, 5, 4, 3, 2, 1, 7,
        0, 2, 4, 6, 1, 3, 5, 7,
        0, 3, 6, 2, 5, 1, 4, 7,
    ];

    public static bool IsPentagon(int baseCell) =>
        ((baseCell < 64 ? LowPentagons >> baseCell : HighPentagons >> (baseCell - 64)) & 1) != 0;

    public static FaceIj Home(int baseCell)
    {
        var home = BaseCellTables.Home.Slice(baseCell * 4, 4);
        return new FaceIj(home[0], CoordIj.FromIjk(home[1], home[2], home[3]));
    }

    /// <summary>The base cell at a place of the resolution 0 grid, and the turns by 60° counterclockwise into its orientation.</summary>
    public static (int BaseCell, int Turns) At(FaceIj place)
    {
        var least = place.Coord.Least;
        var index = (27 * place.Face) + (9 * (place.Coord.I - least)) + (3 * (place.Coord.J - least)) - least;
        return (BaseCellTables.CellAt[index], BaseCellTables.RotationsAt[index]);
    }

    /// <summary>Whether, seen from a face, the missing sector of a pentagon is turned away clockwise.</summary>
    public static bool IsClockwiseOffset(int pentagon, int face)
    {
        var table = BaseCellTables.Pentagons;
        var row = 0;
        while (table[row] != pentagon)
        {
            row += 3;
        }

        return table[row + 1] == face || table[row + 2] == face;
    }
}
