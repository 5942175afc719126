namespace RealtimeHub.Science.Drivers;

/// <summary>The drivers of every column of a grid.</summary>
public static class GridDrivers
{
    /// <summary>Computes the drivers of a grid in bands of rows.</summary>
    /// <remarks>
    /// Every column is computed alone, so that the result does not depend on the number of threads. Allocates the result and
    /// one scratch buffer per band.
    /// </remarks>
    /// <param name="grid">The grid.</param>
    /// <param name="options">What the definitions leave open.</param>
    /// <param name="groups">What to compute.</param>
    /// <param name="threads">How many threads may work, the caller's included; at least 1.</param>
    /// <param name="cancellationToken">Ends the work between rows with <see cref="OperationCanceledException"/>.</param>
    public static DriverFields Compute(
        ColumnGrid grid, DriverOptions options, DriverGroups groups, int threads = 1, CancellationToken cancellationToken = default)
    {
        var fields = new DriverFields(grid.Cells);
        var bands = Math.Clamp(threads, 1, Math.Max(grid.Rows, 1));
        if (bands == 1)
        {
            ComputeRows(grid, options, groups, fields, 0..grid.Rows, cancellationToken);
            return fields;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = bands, CancellationToken = cancellationToken };
        Parallel.For(0, bands, parallel, band =>
        {
            var first = (int)((long)grid.Rows * band / bands);
            var last = (int)((long)grid.Rows * (band + 1) / bands);
            ComputeRows(grid, options, groups, fields, first..last, cancellationToken);
        });
        return fields;
    }

    private static void ComputeRows(
        ColumnGrid grid,
        DriverOptions options,
        DriverGroups groups,
        DriverFields fields,
        Range rows,
        CancellationToken cancellationToken)
    {
        var scratch = new double[grid.ScratchLength];
        var values = new double[ColumnDrivers.Count];
        for (var row = rows.Start.Value; row < rows.End.Value; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var cell = row * grid.Columns; cell < (row + 1) * grid.Columns; cell++)
            {
                ColumnDrivers.Compute(grid.ReadColumn(cell, scratch), options, groups, values);
                fields.Write(cell, values);
            }
        }
    }
}
