using System.Globalization;
using RealtimeHub.Science.Numerics;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Draws a tile of the Web Mercator pyramid from a grid: each sample is the value of the nearest point of the grid.</summary>
internal sealed class TileComputer
{
    /// <summary>Samples along each side of a tile.</summary>
    public const int Samples = 64;

    // Beyond this many steps of the grid there is nothing to show.
    private const double ReachInSteps = 0.75;

    public ComputedFrame Compute(GridQuestion question, GridPlanes planes)
    {
        var recipe = question.Recipe;
        var plane = planes.Planes[recipe.Variables[0]];
        var (z, x, y) = Parse(recipe.Tile!);
        var values = new float[Samples * Samples];
        var quantum = Quanta.Of(plane.Unit);
        for (var row = 0; row < Samples; row++)
        {
            var latitude = LatitudeOf((y + ((row + 0.5) / Samples)) / (1L << z));
            for (var column = 0; column < Samples; column++)
            {
                var longitude = ((x + ((column + 0.5) / Samples)) / (1L << z) * 360) - 180;
                var cell = NearestOf(question.Grid, latitude, longitude);
                values[(row * Samples) + column] = cell < 0 ? float.NaN : Quantizer.Quantize(plane.Values[cell], quantum);
            }
        }

        var block = new NumberBlock(plane.Name, [Samples, Samples], values, plane.Unit, quantum, plane.Origin);
        return new ComputedFrame(recipe with { ModelVersion = planes.ModelVersion }, [block]);
    }

    /// <summary>Reads <c>z/x/y</c>.</summary>
    public static (int Z, int X, int Y) Parse(string tile)
    {
        var parts = tile.Split('/');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    // The inverse of the Mercator projection, from deterministic functions: tiles are hashed, too.
    private static double LatitudeOf(double fromNorth)
    {
        var exponential = DeterministicMath.Exp(Math.PI * (1 - (2 * fromNorth)));
        return DeterministicMath.Atan((exponential - (1 / exponential)) / 2) * 180 / Math.PI;
    }

    private static int NearestOf(FieldGrid grid, double latitude, double longitude)
    {
        if (grid.Kind != FieldGridKind.Regular || grid.Rows < 2 || grid.Columns < 2)
        {
            return -1;
        }

        var row = (latitude - grid.Latitudes[0]) / ((grid.Latitudes[^1] - grid.Latitudes[0]) / (grid.Rows - 1));
        var column = (longitude - grid.Longitudes[0]) / ((grid.Longitudes[^1] - grid.Longitudes[0]) / (grid.Columns - 1));
        if (row < -ReachInSteps || row > grid.Rows - 1 + ReachInSteps || column < -ReachInSteps || column > grid.Columns - 1 + ReachInSteps)
        {
            return -1;
        }

        var (nearestRow, nearestColumn) = (Math.Clamp((int)Math.Round(row), 0, grid.Rows - 1), Math.Clamp((int)Math.Round(column), 0, grid.Columns - 1));
        return (nearestRow * grid.Columns) + nearestColumn;
    }
}
