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
    /// <param name="threads">How many threads may work, the caller's included; below 1 counts as 1.</param>
    /// <param name="cancellationToken">Ends the work between rows with <see cref="OperationCanceledException"/>.</param>
    public static DriverFields Compute(
        ColumnGrid grid, DriverOptions options, DriverGroups groups, int threads = 1, CancellationToken cancellationToken = default)
    {
        var work = new GridWork(grid, options, groups, new DriverFields(grid.Cells), cancellationToken);
        var bands = Math.Clamp(threads, 1, Math.Max(grid.Rows, 1));
        if (bands == 1)
        {
            ComputeRows(work, 0, grid.Rows);
            return work.Fields;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = bands, CancellationToken = cancellationToken };
        Parallel.For(
            0,
            bands,
            parallel,
            band => ComputeRows(work, FirstRow(grid.Rows, band, bands), FirstRow(grid.Rows, band + 1, bands)));
        return work.Fields;
    }

    private static int FirstRow(int rows, int band, int bands) => (int)((long)rows * band / bands);

    private static void ComputeRows(GridWork work, int first, int last)
    {
        var grid = work.Grid;
        var scratch = new double[grid.ScratchLength];
        var values = new double[ColumnDrivers.Count];
        for (var row = first; row < last; row++)
        {
            work.CancellationToken.ThrowIfCancellationRequested();
            for (var cell = row * grid.Columns; cell < (row + 1) * grid.Columns; cell++)
            {
                ColumnDrivers.Compute(grid.ReadColumn(cell, scratch), work.Options, work.Groups, values);
                work.Fields.Write(cell, values);
            }
        }
    }

    private sealed record GridWork(
        ColumnGrid Grid, DriverOptions Options, DriverGroups Groups, DriverFields Fields, CancellationToken CancellationToken);
}
