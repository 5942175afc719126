namespace RealtimeHub.Science.Drivers;

/// <summary>Storm-relative helicity.</summary>
/// <remarks>
/// H = −∫ k · ((V − C) × ∂V/∂z) dz (Davies-Jones and others 1990), in m² s⁻²: twice the area that the storm-relative
/// hodograph sweeps, positive where it turns clockwise. For wind linear between levels it is the sum over segments of
/// (u₂ − c_x)(v₁ − c_y) − (u₁ − c_x)(v₂ − c_y), without error.
/// </remarks>
public static class StormRelativeHelicity
{
    /// <summary>Helicity of the layer from the ground to a height.</summary>
    /// <param name="wind">The wind profile; NaN where its levels do not reach the top.</param>
    /// <param name="motion">Motion of the storm, prescribed or from <see cref="StormMotion"/>.</param>
    /// <param name="top">Top of the layer, m above ground: 1000 or 3000.</param>
    public static Helicity Compute(in WindProfile wind, WindVector motion, double top)
    {
        double positive = 0.0, negative = 0.0;
        var segments = wind.Between(0.0, top);
        while (segments.MoveNext())
        {
            var lower = segments.LowerWind - motion;
            var upper = segments.UpperWind - motion;
            var area = (upper.U * lower.V) - (lower.U * upper.V);
            positive += Math.Max(area, 0.0);
            negative += Math.Min(area, 0.0);
        }

        return segments.IsComplete ? new Helicity(positive, negative) : Helicity.Missing;
    }
}
