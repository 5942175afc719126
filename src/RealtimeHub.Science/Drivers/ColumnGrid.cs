namespace RealtimeHub.Science.Drivers;

/// <summary>The columns of a grid as structure of arrays: a surface and levels of constant pressure over it.</summary>
/// <remarks>
/// A surface array holds <c>rows × columns</c> values, row by row; a level array one such plane per pressure, in the order of
/// <see cref="LevelPressures"/>. NaN means missing. The arrays are used, not copied; nobody may write to them meanwhile.
/// </remarks>
public sealed class ColumnGrid
{
    /// <summary>A level is kept where its pressure is at least this much below that of the surface, Pa.</summary>
    /// <remarks>A thinner layer would turn the difference between a 2 m value and an interpolated level into a jump.</remarks>
    public const double SurfaceClearance = 50.0;

    /// <summary>A grid; throws <see cref="ArgumentException"/> if an array has the wrong length or pressures do not fall.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns of a row.</param>
    /// <param name="levelPressures">Pressures of the levels, Pa, falling.</param>
    /// <param name="surface">The fields at the surface.</param>
    /// <param name="levels">The fields on the levels.</param>
    public ColumnGrid(int rows, int columns, double[] levelPressures, SurfaceFields surface, LevelFields levels)
    {
        var cells = rows * columns;
        Rows = rows;
        Columns = columns;
        LevelPressures = levelPressures;
        Surface = surface;
        Levels = levels;
        for (var i = 1; i < levelPressures.Length; i++)
        {
            if (!(levelPressures[i] < levelPressures[i - 1]))
            {
                throw new ArgumentException($"Level pressures must fall; level {i} has {levelPressures[i]} Pa.");
            }
        }

        foreach (var field in (ReadOnlySpan<float[]>)
            [surface.Pressure, surface.Temperature, surface.Dewpoint, surface.Height, surface.U, surface.V])
        {
            CheckLength(field, cells);
        }

        foreach (var field in (ReadOnlySpan<float[]>)
            [levels.Temperature, levels.Dewpoint, levels.Height, levels.U, levels.V])
        {
            CheckLength(field, cells * levelPressures.Length);
        }
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns of a row.</summary>
    public int Columns { get; }

    /// <summary>Number of cells.</summary>
    public int Cells => Rows * Columns;

    /// <summary>Pressures of the levels, Pa, falling.</summary>
    public double[] LevelPressures { get; }

    /// <summary>The fields at the surface.</summary>
    public SurfaceFields Surface { get; }

    /// <summary>The fields on the levels.</summary>
    public LevelFields Levels { get; }

    /// <summary>How many values <see cref="ReadColumn"/> needs as scratch.</summary>
    public int ScratchLength => 6 * (LevelPressures.Length + 1);

    /// <summary>Gathers one column: the surface, then the levels that lie above it.</summary>
    /// <param name="cell">Row times columns plus column.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> values; the profile points into it.</param>
    public ColumnProfile ReadColumn(int cell, Span<double> scratch)
    {
        var capacity = LevelPressures.Length + 1;
        var pressure = scratch[..capacity];
        var temperature = scratch.Slice(capacity, capacity);
        var dewpoint = scratch.Slice(2 * capacity, capacity);
        var height = scratch.Slice(3 * capacity, capacity);
        var u = scratch.Slice(4 * capacity, capacity);
        var v = scratch.Slice(5 * capacity, capacity);
        pressure[0] = Surface.Pressure[cell];
        temperature[0] = Surface.Temperature[cell];
        dewpoint[0] = Surface.Dewpoint[cell];
        height[0] = 0.0;
        u[0] = Surface.U[cell];
        v[0] = Surface.V[cell];
        var ground = (double)Surface.Height[cell];
        var count = 1;
        for (var level = 0; level < LevelPressures.Length; level++)
        {
            if (!(LevelPressures[level] < pressure[0] - SurfaceClearance))
            {
                continue;
            }

            var index = (level * Cells) + cell;
            pressure[count] = LevelPressures[level];
            temperature[count] = Levels.Temperature[index];
            dewpoint[count] = Levels.Dewpoint[index];
            height[count] = Levels.Height[index] - ground;
            u[count] = Levels.U[index];
            v[count] = Levels.V[index];
            count++;
        }

        return new ColumnProfile(
            new ThermoProfile(pressure[..count], temperature[..count], dewpoint[..count]),
            new WindProfile(height[..count], u[..count], v[..count]));
    }

    private static void CheckLength(float[] field, int expected)
    {
        if (field.Length != expected)
        {
            throw new ArgumentException($"A field of the grid has {field.Length} values instead of {expected}.");
        }
    }
}
