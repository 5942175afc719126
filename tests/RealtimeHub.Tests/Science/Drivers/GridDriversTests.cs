using System.Runtime.InteropServices;
using RealtimeHub.Science.Drivers;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Science.Drivers;

public class GridDriversTests
{
    private const int Rows = 7;
    private const int ColumnsPerRow = 5;

    [Fact]
    public void Compute_gives_the_same_bits_for_every_number_of_threads()
    {
        var grid = Grid();
        var alone = GridDrivers.Compute(grid, DriverOptions.Default, DriverGroups.All);

        foreach (var threads in (int[])[2, 3, 7, 64])
        {
            var shared = GridDrivers.Compute(grid, DriverOptions.Default, DriverGroups.All, threads);

            foreach (var driver in Enum.GetValues<Driver>())
            {
                Assert.True(
                    MemoryMarshal.AsBytes(alone[driver]).SequenceEqual(MemoryMarshal.AsBytes(shared[driver])), $"{driver} by {threads}");
            }
        }
    }

    [Fact]
    public void Compute_gives_what_the_single_functions_give()
    {
        var grid = Grid();
        var fields = GridDrivers.Compute(grid, DriverOptions.Default, DriverGroups.All);
        var column = grid.ReadColumn(17, new double[grid.ScratchLength]);

        var ascent = ParcelLift.Lift(column.Thermo, Parcels.SurfaceBased(column.Thermo));

        Assert.Equal(ascent.Cape, fields[Driver.Cape][17]);
        Assert.Equal(ascent.Cin, fields[Driver.Cin][17]);
        Assert.Equal(
            StormRelativeHelicity.Compute(column.Wind, StormMotion.Bunkers(column.Wind).Right, 3000.0).Total,
            fields[Driver.Srh0To3Km][17]);
        Assert.Equal(MixingHeight.BulkRichardson(column), fields[Driver.MixingHeight][17]);
    }

    [Fact]
    public void Compute_fills_every_driver_of_a_complete_column()
    {
        var fields = GridDrivers.Compute(Grid(), DriverOptions.Default, DriverGroups.All);

        foreach (var driver in Enum.GetValues<Driver>())
        {
            Assert.False(double.IsNaN(fields[driver][2]), driver.ToString());
        }
    }

    [Fact]
    public void Compute_leaves_what_was_not_asked_for_missing()
    {
        var fields = GridDrivers.Compute(Grid(), DriverOptions.Default, DriverGroups.Helicity);

        Assert.False(double.IsNaN(fields[Driver.Srh0To1Km][0]));
        Assert.True(double.IsNaN(fields[Driver.Cape][0]));
        Assert.True(double.IsNaN(fields[Driver.JetSpeed][0]));
    }

    [Fact]
    public void Compute_uses_a_prescribed_motion()
    {
        var grid = Grid();
        var options = new DriverOptions { PrescribedMotion = new WindVector(10.0, 0.0) };
        var column = grid.ReadColumn(3, new double[grid.ScratchLength]);

        var fields = GridDrivers.Compute(grid, options, DriverGroups.Helicity);

        Assert.Equal(
            StormRelativeHelicity.Compute(column.Wind, new WindVector(10.0, 0.0), 3000.0).Total, fields[Driver.Srh0To3Km][3]);
    }

    [Fact]
    public void Compute_of_a_missing_cell_is_missing_and_touches_no_other()
    {
        var grid = Grid();
        var before = GridDrivers.Compute(grid, DriverOptions.Default, DriverGroups.All)[Driver.Cape][9];
        grid.Surface.Pressure[8] = float.NaN;

        var fields = GridDrivers.Compute(grid, DriverOptions.Default, DriverGroups.All);

        foreach (var driver in Enum.GetValues<Driver>().Where(driver => driver is not (Driver.Srh0To1Km or Driver.Srh0To3Km)))
        {
            Assert.True(double.IsNaN(fields[driver][8]), driver.ToString());
        }

        Assert.Equal(before, fields[Driver.Cape][9]);
    }

    [Fact]
    public void ReadColumn_drops_levels_below_the_ground()
    {
        var grid = Grid();
        grid.Surface.Pressure[4] = 90_010.0f;

        var column = grid.ReadColumn(4, new double[grid.ScratchLength]);

        Assert.Equal(90_010.0f, column.Pressure[0]);
        Assert.Equal(87_500.0, column.Pressure[1]);
        Assert.Equal(0.0, column.Height[0]);
    }

    [Fact]
    public void ColumnGrid_refuses_unequal_grids_and_pressures_that_do_not_fall()
    {
        var grid = Grid();

        Assert.Throws<ArgumentException>(
            () => new ColumnGrid(Rows, ColumnsPerRow + 1, grid.LevelPressures, grid.Surface, grid.Levels));
        Assert.Throws<ArgumentException>(
            () => new ColumnGrid(Rows, ColumnsPerRow, grid.LevelPressures[1..], grid.Surface, grid.Levels));
        Assert.Throws<ArgumentException>(
            () => new ColumnGrid(Rows, ColumnsPerRow, [.. grid.LevelPressures.Reverse()], grid.Surface, grid.Levels));
    }

    [Fact]
    public void Compute_stops_when_it_is_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => GridDrivers.Compute(
            Grid(), DriverOptions.Default, DriverGroups.All, 1, new CancellationToken(canceled: true)));

    [Fact]
    public void Compute_of_a_column_allocates_nothing()
    {
        var grid = Grid();
        var scratch = new double[grid.ScratchLength];
        var values = new double[ColumnDrivers.Count];

        var bytes = Allocations.OfThousand(
            () => ColumnDrivers.Compute(grid.ReadColumn(5, scratch), DriverOptions.Default, DriverGroups.All, values));

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void DriverCatalog_describes_every_driver_in_order()
    {
        foreach (var driver in Enum.GetValues<Driver>())
        {
            Assert.Equal(driver, DriverCatalog.Of(driver).Driver);
        }

        Assert.Equal(ColumnDrivers.Count, DriverCatalog.All.Count);
        Assert.Equal(ColumnDrivers.Count, DriverCatalog.All.Select(entry => entry.WireName).Distinct().Count());
    }

    private static ColumnGrid Grid()
    {
        const int Cells = Rows * ColumnsPerRow;
        double[] pressures = [.. Enumerable.Range(0, 37).Select(level => 100_000.0 - (2500.0 * level))];
        var surface = new SurfaceFields(
            Field(Cells, cell => 97_000.0 - (10.0 * cell)),
            Field(Cells, cell => 303.0 - (0.1 * cell)),
            Field(Cells, cell => 294.0 - (0.2 * cell)),
            Field(Cells, _ => 300.0),
            Field(Cells, cell => 2.0 + (0.1 * cell)),
            Field(Cells, _ => 6.0));
        var levels = new LevelFields(
            Field(37 * Cells, i => Math.Max(302.0 - (0.0072 * Height(pressures[i / Cells])) - (0.1 * (i % Cells)), 215.0)),
            Field(37 * Cells, i => 293.0 - (0.0085 * Height(pressures[i / Cells])) - (0.2 * (i % Cells))),
            Field(37 * Cells, i => 300.0 + Height(pressures[i / Cells]) + (i % Cells)),
            Field(37 * Cells, i => 2.0 + (0.003 * Height(pressures[i / Cells]))),
            Field(37 * Cells, i => 6.0 + (0.05 * (i / Cells * (i % Cells)))));
        return new ColumnGrid(Rows, ColumnsPerRow, pressures, surface, levels);
    }

    private static double Height(double pressure) => 8000.0 * Math.Log(98_000.0 / pressure);

    private static float[] Field(int length, Func<int, double> value) =>
        [.. Enumerable.Range(0, length).Select(i => (float)value(i))];
}
