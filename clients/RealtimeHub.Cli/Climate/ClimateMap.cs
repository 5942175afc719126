using System.Globalization;
using System.Text;
using RealtimeHub.Protocol.Climate;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RealtimeHub.Cli.Climate;

/// <summary>A field as a small map: north is up, each cell two characters, darker is more.</summary>
internal static class ClimateMap
{
    private const string Shades = " .:-=+*#%@";
    private const string Missing = "··";
    private const int MaxRows = 40;
    private const int MaxColumns = 60;

    /// <summary>Draws a plane of values, rows from the south.</summary>
    public static IRenderable Of(ReadOnlySpan<float> values, ClimateGridSpec grid)
    {
        var (low, high) = Range(values);
        var (down, across) = (Step(grid.Rows, MaxRows), Step(grid.Columns, MaxColumns));
        var text = new StringBuilder();
        for (var row = (grid.Rows - 1) / down * down; row >= 0; row -= down)
        {
            text.Append(Edge(grid, row));
            for (var column = 0; column < grid.Columns; column += across)
            {
                Append(text, values[(row * grid.Columns) + column], low, high);
            }

            text.Append('\n');
        }

        return new Markup(text.ToString());
    }

    private static void Append(StringBuilder text, float value, float low, float high)
    {
        if (float.IsNaN(value))
        {
            text.Append("[grey]").Append(Missing).Append("[/]");
            return;
        }

        var share = high > low ? (value - low) / (high - low) : 0.5f;
        var shade = Shades[Math.Clamp((int)(share * Shades.Length), 0, Shades.Length - 1)];
        var (red, blue) = ((int)(share * 255), (int)((1 - share) * 255));
        text.Append(CultureInfo.InvariantCulture, $"[rgb({red},90,{blue})]{shade}{shade}[/]");
    }

    private static string Edge(ClimateGridSpec grid, int row) => grid is { Latitude: { } first, LatitudeStep: { } step }
        ? string.Create(CultureInfo.InvariantCulture, $"{first + (row * step),6:0.00}N ")
        : "";

    private static int Step(int cells, int most) => (cells + most - 1) / most;

    private static (float Low, float High) Range(ReadOnlySpan<float> values)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        return (low, high);
    }
}
