namespace RealtimeHub.Science.Climate;

/// <summary>A regular latitude–longitude grid with its terrain. Cells run along longitude first.</summary>
/// <param name="LatitudesDegrees">Degrees north of the rows, evenly spaced, either way; at least two.</param>
/// <param name="LongitudesDegrees">Degrees east of the columns, evenly spaced, ascending; at least two.</param>
/// <param name="ElevationM">Metres above sea level, one per cell.</param>
public sealed record ClimateGrid(double[] LatitudesDegrees, double[] LongitudesDegrees, float[] ElevationM)
{
    /// <summary>How many cells the grid has.</summary>
    public int Cells => LatitudesDegrees.Length * LongitudesDegrees.Length;

    /// <summary>Throws where the arrays do not make a regular grid.</summary>
    /// <exception cref="ArgumentException">The message says what is wrong.</exception>
    internal void Check()
    {
        if (ElevationM.Length != Cells)
        {
            throw new ArgumentException(
                $"A grid of {LatitudesDegrees.Length} × {LongitudesDegrees.Length} cells needs {Cells} elevations, but got {ElevationM.Length}.");
        }

        CheckAxis(LatitudesDegrees, "latitude");
        CheckAxis(LongitudesDegrees, "longitude");
        if (LongitudesDegrees[1] < LongitudesDegrees[0])
        {
            throw new ArgumentException("The longitude axis must ascend.");
        }
    }

    private static void CheckAxis(double[] axis, string name)
    {
        if (axis.Length < 2)
        {
            throw new ArgumentException($"The {name} axis needs at least two values, because features use neighbouring cells.");
        }

        var step = (axis[^1] - axis[0]) / (axis.Length - 1);
        for (var index = 1; index < axis.Length; index++)
        {
            if (!(Math.Abs(axis[index] - axis[index - 1] - step) <= 1e-3 * Math.Abs(step)) || step == 0)
            {
                throw new ArgumentException($"The {name} axis is not evenly spaced at index {index}.");
            }
        }
    }
}
