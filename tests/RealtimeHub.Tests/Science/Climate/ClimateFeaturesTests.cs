using RealtimeHub.Science.Climate;

namespace RealtimeHub.Tests.Science.Climate;

public sealed class ClimateFeaturesTests
{
    [Fact]
    public void Build_of_a_uniform_surface_has_no_advection_and_no_surroundings()
    {
        var grid = SyntheticClimate.Grid;

        var rows = ClimateFeatures.Build(grid, SyntheticClimate.Uniform(grid, SyntheticClimate.Start));

        for (var cell = 0; cell < grid.Cells; cell++)
        {
            Assert.Equal(300, Value(rows, cell, "t2m"));
            Assert.Equal(2, Value(rows, cell, "skin_excess"));
            Assert.Equal(10, Value(rows, cell, "dewpoint_depression"));
            Assert.Equal(5, Value(rows, cell, "wind_speed"));
            Assert.All(["t2m_advection", "td2m_advection", "t2m_near", "u10_near"], name => Assert.Equal(0, Value(rows, cell, name)));
        }
    }

    /// <summary>
    /// By hand: 1 K more per 0.25° eastward, at 37 N: 0.25° are 0.25 · 111,198.4 m · cos 37° = 22,201.8 m. Wind of 3 m/s from the west
    /// brings −3 · 10,800 / 22,201.8 = −1.4593 K in three hours; the wind from the north brings nothing.
    /// </summary>
    [Fact]
    public void Build_advects_what_lies_upwind()
    {
        var grid = SyntheticClimate.Grid;
        var fields = SyntheticClimate.Uniform(grid, SyntheticClimate.Start) with
        {
            T2mK = [.. Enumerable.Range(0, grid.Cells).Select(cell => 290f + (cell % 10))],
        };

        var rows = ClimateFeatures.Build(grid, fields);

        Assert.Equal(-1.4593, Value(rows, 5, "t2m_advection"), 1e-3);
        Assert.Equal(-1.4593, Value(rows, 0, "t2m_advection"), 1e-3);
        Assert.Equal(0, Value(rows, 5, "t2m_near"), 1e-5);
        Assert.Equal(1, Value(rows, 0, "t2m_near"), 1e-5);
    }

    [Fact]
    public void Build_is_the_same_for_rows_stored_from_the_north()
    {
        var grid = SyntheticClimate.Grid;
        var day = SyntheticClimate.Day(1)[0];
        float[] Flip(float[] field) => [.. Enumerable.Range(0, 6).Reverse().SelectMany(row => field[(row * 10)..((row + 1) * 10)])];
        var flippedGrid = new ClimateGrid([.. grid.LatitudesDegrees.Reverse()], grid.LongitudesDegrees, Flip(grid.ElevationM));
        var flipped = new SurfaceFields(
            day.UnixSeconds, Flip(day.T2mK), Flip(day.Td2mK), Flip(day.R2mPercent), Flip(day.U10Ms), Flip(day.V10Ms), Flip(day.SpPa), Flip(day.TskinK));

        var (expected, actual) = (ClimateFeatures.Build(grid, day), ClimateFeatures.Build(flippedGrid, flipped));

        for (var cell = 0; cell < grid.Cells; cell++)
        {
            var mirrored = ((5 - (cell / 10)) * 10) + (cell % 10);
            Assert.All(ClimateFeatures.Names, name => Assert.Equal(Value(expected, cell, name), Value(actual, mirrored, name), 1e-4));
        }
    }

    [Fact]
    public void Build_without_a_value_leaves_the_cell_and_those_that_look_at_it_out()
    {
        var grid = SyntheticClimate.Grid;
        var fields = SyntheticClimate.Uniform(grid, SyntheticClimate.Start);
        fields.T2mK[0] = float.NaN;

        var rows = ClimateFeatures.Build(grid, fields);

        Assert.All(ClimateFeatures.Names, name => Assert.True(float.IsNaN(Value(rows, 0, name))));
        Assert.True(float.IsNaN(Value(rows, 22, "sp")));
        Assert.False(float.IsNaN(Value(rows, 23, "t2m")));
        Assert.False(float.IsNaN(Value(rows, 30, "t2m")));
    }

    [Fact]
    public void Build_puts_solar_noon_at_twelve()
    {
        var grid = SyntheticClimate.Grid;
        // At 100 W the sun lags Greenwich by 6 h 40 min, and on 7 August by 5 min 45 s more.
        var noon = SyntheticClimate.Start + (18 * 3600) + (45 * 60) + 45;

        var rows = ClimateFeatures.Build(grid, SyntheticClimate.Uniform(grid, noon));

        Assert.Equal(12, Value(rows, 0, "solar_hour"), 0.02);
        Assert.True(Value(rows, 0, "sun_ahead") < Value(rows, 0, "sun_now"));
    }

    [Fact]
    public void Build_refuses_fields_that_do_not_fit_and_uneven_grids()
    {
        var grid = SyntheticClimate.Grid;
        var fields = SyntheticClimate.Uniform(grid, SyntheticClimate.Start);

        Assert.Throws<ArgumentException>(() => ClimateFeatures.Build(grid, fields with { SpPa = [1] }));
        Assert.Throws<ArgumentException>(() => ClimateFeatures.Build(grid with { LatitudesDegrees = [37, 37.25, 37.5, 38, 38.25, 38.5] }, fields));
        Assert.Throws<ArgumentException>(() => ClimateFeatures.Build(grid with { ElevationM = [1] }, fields));
    }

    private static float Value(float[] rows, int cell, string name) =>
        rows[(cell * ClimateFeatures.Count) + ClimateFeatures.Names.ToList().IndexOf(name)];
}
