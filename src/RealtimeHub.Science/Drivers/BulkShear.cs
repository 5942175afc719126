namespace RealtimeHub.Science.Drivers;

/// <summary>Bulk wind shear: the difference of two winds, not divided by the depth.</summary>
public static class BulkShear
{
    /// <summary>Wind at the top minus wind at the bottom of the layer that starts at the ground, m s⁻¹.</summary>
    /// <remarks>ΔV = V(top) − V(0), wind linear in height; its length is the driver. NaN where the levels do not reach the top.</remarks>
    /// <param name="wind">The wind profile.</param>
    /// <param name="top">Top of the layer, m above ground: 1000, 3000 or 6000.</param>
    public static WindVector Compute(in WindProfile wind, double top) => At(wind, top) - At(wind, 0.0);

    /// <summary>The wind at a height, linear between levels; NaN outside of them.</summary>
    /// <param name="wind">The wind profile.</param>
    /// <param name="height">Height above ground, m.</param>
    public static WindVector At(in WindProfile wind, double height)
    {
        var segments = wind.Between(height, height);
        return segments.IsComplete ? segments.UpperWind : WindVector.Missing;
    }
}
