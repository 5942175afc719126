namespace RealtimeHub.Science.Drivers;

/// <summary>Transport of water vapour by the wind.</summary>
/// <remarks>As a vector; its length is the driver. Levels on which any of p, T, T_d, z, u, v is NaN are skipped.</remarks>
public static class MoistureTransport
{
    /// <summary>Flux q V at one pressure, kg kg⁻¹ m s⁻¹.</summary>
    /// <remarks>
    /// q from the dewpoint; T_d, u and v linear in ln p. NaN where the pressure lies below the ground or above the column.
    /// </remarks>
    /// <param name="column">The column.</param>
    /// <param name="pressure">The pressure, Pa; 850 hPa is the custom over low ground.</param>
    public static WindVector AtPressure(in ColumnProfile column, double pressure = 85_000.0)
    {
        var dewpoint = ProfileInterpolation.AtPressure(column.Pressure, column.Dewpoint, pressure);
        var humidity = Moisture.SpecificHumidity(pressure, Moisture.SaturationVapourPressure(dewpoint));
        return humidity * new WindVector(
            ProfileInterpolation.AtPressure(column.Pressure, column.U, pressure),
            ProfileInterpolation.AtPressure(column.Pressure, column.V, pressure));
    }

    /// <summary>Vertically integrated vapour transport, kg m⁻¹ s⁻¹.</summary>
    /// <remarks>
    /// (1/g) ∫ q V dp from the surface to the top (Zhu and Newell 1998), by the trapezoidal rule on the levels, the top between
    /// levels by interpolation of q V linear in pressure. NaN where the levels do not reach the top.
    /// </remarks>
    /// <param name="column">The column.</param>
    /// <param name="top">Upper limit, Pa; default 300 hPa, above which there is next to no vapour.</param>
    public static WindVector Integrated(in ColumnProfile column, double top = 30_000.0)
    {
        var index = column.Next(-1, double.PositiveInfinity);
        if (index >= column.Length)
        {
            return WindVector.Missing;
        }

        var sum = default(WindVector);
        var pressure = column.Pressure[index];
        var flux = Flux(column, index);
        while (pressure > top)
        {
            index = column.Next(index, pressure);
            if (index >= column.Length)
            {
                return WindVector.Missing;
            }

            var upper = Flux(column, index);
            var upperPressure = column.Pressure[index];
            if (upperPressure < top)
            {
                upper = flux + ((pressure - top) / (pressure - upperPressure) * (upper - flux));
                upperPressure = top;
            }

            sum += 0.5 * (pressure - upperPressure) * (flux + upper);
            pressure = upperPressure;
            flux = upper;
        }

        return 1.0 / PhysicalConstants.Gravity * sum;
    }

    private static WindVector Flux(in ColumnProfile column, int index) =>
        Moisture.SpecificHumidity(column.Pressure[index], Moisture.SaturationVapourPressure(column.Dewpoint[index]))
        * new WindVector(column.U[index], column.V[index]);
}
