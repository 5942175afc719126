using System.Runtime.InteropServices;

namespace RealtimeHub.Science.Simulation;

/// <summary>The fields of a run at one step: rows with room at both ends for what lies beyond the edges.</summary>
/// <remarks>Not thread-safe. Cell 0 of each row stands on a cache line; after the last row of each field comes a row of zeros.</remarks>
public sealed class FieldGrid
{
    internal const int Lane = 16;

    private readonly int _first;

    internal FieldGrid(int size, int fields, EdgeKind edges)
        : this(size, size, fields, edges)
    {
    }

    private FieldGrid(int size, int rows, int fields, EdgeKind edges)
    {
        Size = size;
        Fields = fields;
        Edges = edges;
        Stride = Lane + RoundUp(size) + Lane;
        Plane = Stride * (rows + 1);
        Cells = GC.AllocateArray<float>((Plane * fields) + (2 * Lane), pinned: true);
        var misaligned = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(Cells, 0) % (Lane * sizeof(float))) / sizeof(float);
        _first = Lane + ((Lane - misaligned) % Lane);
    }

    /// <summary>Cells per side.</summary>
    public int Size { get; }

    /// <summary>How many fields there are.</summary>
    public int Fields { get; }

    internal EdgeKind Edges { get; }

    internal int Stride { get; }

    /// <summary>The distance from one field to the next.</summary>
    internal int Plane { get; }

    internal float[] Cells { get; }

    /// <summary>The cells of one row.</summary>
    public Span<float> Row(int field, int row) => Cells.AsSpan(Offset(row) + (field * Plane), Size);

    /// <summary>A copy of one field, row after row.</summary>
    public float[] ToArray(int field)
    {
        var cells = new float[Size * Size];
        for (var row = 0; row < Size; row++)
        {
            Row(field, row).CopyTo(cells.AsSpan(row * Size));
        }

        return cells;
    }

    /// <summary>A grid of one field's own, that keeps as it is while this one goes on.</summary>
    public FieldGrid Copy(int field)
    {
        var copy = new FieldGrid(Size, 1, Edges);
        for (var row = 0; row < Size; row++)
        {
            Row(field, row).CopyTo(copy.Row(0, row));
        }

        copy.CloseRows();
        return copy;
    }

    /// <summary>Room for some rows of the same width.</summary>
    internal static FieldGrid Strip(FieldGrid shape, int rows) => new(shape.Size, rows, shape.Fields, shape.Edges);

    internal static int RoundUp(int width) => (width + Lane - 1) / Lane * Lane;

    /// <summary>Where cell 0 of a row of the first field is.</summary>
    internal int Offset(int row) => _first + (row * Stride);

    /// <summary>The row that stands in for one that may lie beyond an edge; <see cref="Size"/> is the row of zeros.</summary>
    internal int Resolve(int row) => Edges switch
    {
        _ when (uint)row < (uint)Size => row,
        EdgeKind.Periodic => ((row % Size) + Size) % Size,
        EdgeKind.ZeroFlux => row < 0 ? 0 : Size - 1,
        _ => Size,
    };

    /// <summary>Makes the cells beyond both ends of every row right, after cells were set.</summary>
    internal void CloseRows()
    {
        for (var field = 0; field < Fields; field++)
        {
            for (var row = 0; row < Size; row++)
            {
                CloseRow(Cells, Offset(row) + (field * Plane), Size, Edges);
            }
        }
    }

    internal static void CloseRow(float[] cells, int at, int size, EdgeKind edges)
    {
        // What wide lanes wrote beyond the row must not grow from step to step.
        cells.AsSpan(at + size, RoundUp(size) - size + 1).Clear();
        (cells[at - 1], cells[at + size]) = edges switch
        {
            EdgeKind.Periodic => (cells[at + size - 1], cells[at]),
            EdgeKind.ZeroFlux => (cells[at], cells[at + size - 1]),
            _ => (0f, 0f),
        };
    }
}
