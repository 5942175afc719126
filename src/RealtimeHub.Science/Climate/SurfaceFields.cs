namespace RealtimeHub.Science.Climate;

/// <summary>The surface of a grid at one time; NaN where a value is missing.</summary>
/// <param name="UnixSeconds">Valid time, in seconds since 1970-01-01 UTC.</param>
/// <param name="T2mK">Air temperature 2 m above ground, in kelvin.</param>
/// <param name="Td2mK">Dewpoint 2 m above ground, in kelvin.</param>
/// <param name="R2mPercent">Relative humidity 2 m above ground, in percent.</param>
/// <param name="U10Ms">Eastward wind 10 m above ground, in m/s.</param>
/// <param name="V10Ms">Northward wind 10 m above ground, in m/s.</param>
/// <param name="SpPa">Surface pressure, in pascal.</param>
/// <param name="TskinK">Temperature of the ground's skin, in kelvin.</param>
public sealed record SurfaceFields(
    long UnixSeconds,
    float[] T2mK,
    float[] Td2mK,
    float[] R2mPercent,
    float[] U10Ms,
    float[] V10Ms,
    float[] SpPa,
    float[] TskinK)
{
    /// <summary>The field of a predicted variable.</summary>
    public float[] Of(ClimateVariable variable) => variable switch
    {
        ClimateVariable.T2m => T2mK,
        ClimateVariable.Td2m => Td2mK,
        ClimateVariable.U10 => U10Ms,
        ClimateVariable.V10 => V10Ms,
        _ => throw new ArgumentOutOfRangeException(nameof(variable), variable, "No such variable."),
    };

    /// <summary>Throws where a field has not one value per cell.</summary>
    /// <exception cref="ArgumentException">The message says which.</exception>
    internal void Check(ClimateGrid grid)
    {
        (string Name, float[] Field)[] all =
            [("t2m", T2mK), ("td2m", Td2mK), ("r2m", R2mPercent), ("u10", U10Ms), ("v10", V10Ms), ("sp", SpPa), ("tskin", TskinK)];
        foreach (var (name, field) in all)
        {
            if (field.Length != grid.Cells)
            {
                throw new ArgumentException($"The grid has {grid.Cells} cells, but {name} has {field.Length} values.");
            }
        }
    }
}
