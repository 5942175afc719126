namespace RealtimeHub.Science.Drivers;

/// <summary>Height of the layer that turbulence mixes, by the bulk Richardson number.</summary>
public static class MixingHeight
{
    /// <summary>The critical bulk Richardson number, 0.25 (Vogelezang and Holtslag 1996; Seidel and others 2012).</summary>
    public const double CriticalRichardson = 0.25;

    /// <summary>Mixing height, m above ground.</summary>
    /// <remarks>
    /// The lowest height where Ri(z) = g z (θ_v(z) − θ_v(0)) / (θ_v(0) |V(z)|²) reaches the critical number, Ri linear in
    /// height between levels; the wind at the ground counts as zero, with no excess temperature and no friction term (Seidel and
    /// others 2012, equation 1). Where the air is calm any stability ends the layer, at the level below: the parcel method of
    /// Holzworth (1964). NaN where no level reaches the critical number. The surface level counts as height 0.
    /// </remarks>
    /// <param name="column">The column.</param>
    /// <param name="critical">The critical number.</param>
    public static double BulkRichardson(in ColumnProfile column, double critical = CriticalRichardson)
    {
        var index = column.Next(-1, double.PositiveInfinity);
        if (index >= column.Length)
        {
            return double.NaN;
        }

        var surface = VirtualPotentialTemperature(column, index);
        double height = 0.0, richardson = 0.0;
        while ((index = column.Next(index, column.Pressure[index])) < column.Length)
        {
            var upper = column.Height[index];
            var square = (column.U[index] * column.U[index]) + (column.V[index] * column.V[index]);
            var buoyant = PhysicalConstants.Gravity * upper * ((VirtualPotentialTemperature(column, index) / surface) - 1.0);

            // In calm air any stability is beyond the critical number, and the ratio would be infinite or undefined.
            if (square == 0.0)
            {
                if (buoyant > 0.0)
                {
                    return height;
                }

                richardson = 0.0;
                height = upper;
                continue;
            }

            var ratio = buoyant / square;
            if (ratio >= critical)
            {
                return height + ((critical - richardson) / (ratio - richardson) * (upper - height));
            }

            richardson = ratio;
            height = upper;
        }

        return double.NaN;
    }

    private static double VirtualPotentialTemperature(in ColumnProfile column, int index)
    {
        var pressure = column.Pressure[index];
        var vapourPressure = Moisture.SaturationVapourPressure(column.Dewpoint[index]);
        var temperature = Thermodynamics.VirtualTemperature(pressure, column.Temperature[index], vapourPressure);
        return Thermodynamics.PotentialTemperature(pressure, temperature);
    }
}
