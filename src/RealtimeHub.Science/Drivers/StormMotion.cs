namespace RealtimeHub.Science.Drivers;

/// <summary>Storm motion from the wind profile alone.</summary>
public static class StormMotion
{
    private const double Top = 6000.0;
    private const double HeadDepth = 500.0;
    private const double TailBottom = 5500.0;

    /// <summary>Supercell motion by the internal dynamics method (Bunkers and others 2000).</summary>
    /// <remarks>
    /// Mean wind of 0–6 km ± 7.5 m s⁻¹ at right angles to the shear between the means of 5.5–6 km and 0–0.5 km. Means are over
    /// height and exact for wind linear between levels; no weighting by pressure, as in Bunkers and others (2000). Where
    /// there is no shear all three are the mean. A profile that does not reach 6 km gives NaN.
    /// </remarks>
    /// <param name="wind">The wind profile.</param>
    public static BunkersMotion Bunkers(in WindProfile wind) =>
        Deviate(Mean(wind, 0.0, Top), Mean(wind, TailBottom, Top) - Mean(wind, 0.0, HeadDepth));

    /// <summary>The same with means over pressure.</summary>
    /// <remarks>
    /// Means are ∫ V dp / Δp by the trapezoidal rule on the levels, as in MetPy. Not used by the drivers; for comparison with
    /// values made that way.
    /// </remarks>
    /// <param name="pressure">Pressure of the levels of the wind profile, Pa.</param>
    /// <param name="wind">The wind profile.</param>
    public static BunkersMotion BunkersByPressure(ReadOnlySpan<double> pressure, in WindProfile wind)
    {
        ProfileLengths.Check(pressure.Length, wind.Length, wind.Length);
        var mean = MeanByPressure(pressure, wind, 0.0, Top);
        var shear = MeanByPressure(pressure, wind, TailBottom, Top) - MeanByPressure(pressure, wind, 0.0, HeadDepth);
        return Deviate(mean, shear);
    }

    /// <summary>Mean wind of a layer over height.</summary>
    /// <remarks>∫ V dz / Δz, exact for wind linear between levels. NaN where the levels do not cover the layer.</remarks>
    /// <param name="wind">The wind profile.</param>
    /// <param name="bottom">Bottom of the layer, m above ground.</param>
    /// <param name="top">Top of the layer, m above ground.</param>
    public static WindVector Mean(in WindProfile wind, double bottom, double top)
    {
        var sum = default(WindVector);
        var segments = wind.Between(bottom, top);
        while (segments.MoveNext())
        {
            sum += 0.5 * segments.Depth * (segments.LowerWind + segments.UpperWind);
        }

        return segments.IsComplete ? 1.0 / (top - bottom) * sum : WindVector.Missing;
    }

    private static BunkersMotion Deviate(WindVector mean, WindVector shear)
    {
        var speed = shear.Speed;
        var right = speed == 0.0
            ? default
            : PhysicalConstants.BunkersDeviation / speed * new WindVector(shear.V, -shear.U);
        return new BunkersMotion(mean + right, mean - right, mean);
    }

    private static WindVector MeanByPressure(ReadOnlySpan<double> pressure, in WindProfile wind, double bottom, double top)
    {
        var sum = default(WindVector);
        var depth = 0.0;
        var segments = wind.Between(bottom, top);
        while (segments.MoveNext())
        {
            var step = ProfileInterpolation.AtHeight(wind.Height, pressure, segments.LowerHeight)
                - ProfileInterpolation.AtHeight(wind.Height, pressure, segments.UpperHeight);
            sum += 0.5 * step * (segments.LowerWind + segments.UpperWind);
            depth += step;
        }

        return segments.IsComplete ? 1.0 / depth * sum : WindVector.Missing;
    }
}
