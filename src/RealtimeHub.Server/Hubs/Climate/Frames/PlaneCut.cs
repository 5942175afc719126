using RealtimeHub.Protocol.Climate;
using RealtimeHub.Science.Numerics;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Cuts a window out of a whole grid, coarsens and quantises it.</summary>
internal static class PlaneCut
{
    /// <summary>The window that a stride snaps to: whole blocks, counted from the grid's corner, so that shifted boxes have the same blocks.</summary>
    public static RecipeWindow Snap(GridWindow window, int stride, int rows, int columns)
    {
        var (row, column) = (window.Row / stride * stride, window.Column / stride * stride);
        var top = Math.Min(rows, (window.Row + window.Rows + stride - 1) / stride * stride);
        var right = Math.Min(columns, (window.Column + window.Columns + stride - 1) / stride * stride);
        return new RecipeWindow(row, column, top - row, right - column, stride);
    }

    public static int RowsOf(RecipeWindow window) => (window.Rows + window.Stride - 1) / window.Stride;

    public static int ColumnsOf(RecipeWindow window) => (window.Columns + window.Stride - 1) / window.Stride;

    /// <summary>The block of one variable.</summary>
    public static NumberBlock Cut(GridPlane plane, FieldGrid grid, RecipeWindow window)
    {
        var (rows, columns, quantum) = (RowsOf(window), ColumnsOf(window), Quanta.Of(plane.Unit));
        var levels = plane.Values.Length / grid.Points;
        var values = new float[levels * rows * columns];
        for (var level = 0; level < levels; level++)
        {
            var from = plane.Values.AsSpan(level * grid.Points, grid.Points);
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    values[(((level * rows) + row) * columns) + column] = Quantizer.Quantize(MeanOf(from, grid, window, row, column), quantum);
                }
            }
        }

        IReadOnlyList<int> shape = plane.Levels.Count > 1 ? [levels, rows, columns] : [rows, columns];
        return new NumberBlock(plane.Name, shape, values, plane.Unit, quantum, plane.Origin) { Levels = plane.Levels, LevelUnit = plane.LevelUnit };
    }

    // What is missing, or concealed, in a block is left out of its mean.
    private static double MeanOf(ReadOnlySpan<float> plane, FieldGrid grid, RecipeWindow window, int row, int column)
    {
        var (sum, count) = (0.0, 0);
        var top = Math.Min(window.Row + ((row + 1) * window.Stride), window.Row + window.Rows);
        var right = Math.Min(window.Column + ((column + 1) * window.Stride), window.Column + window.Columns);
        for (var y = window.Row + (row * window.Stride); y < top; y++)
        {
            for (var x = window.Column + (column * window.Stride); x < right; x++)
            {
                var value = plane[(y * grid.Columns) + x];
                if (!float.IsNaN(value))
                {
                    sum += value;
                    count++;
                }
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
