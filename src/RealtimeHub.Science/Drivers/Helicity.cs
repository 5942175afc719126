namespace RealtimeHub.Science.Drivers;

/// <summary>Storm-relative helicity of a layer and its two parts.</summary>
/// <param name="Positive">Sum of the pieces where the wind veers with height as seen from the storm, m² s⁻².</param>
/// <param name="Negative">Sum of the pieces where it backs, m² s⁻²; never positive.</param>
public readonly record struct Helicity(double Positive, double Negative)
{
    /// <summary>Helicity of a layer that the levels do not cover.</summary>
    public static Helicity Missing => new(double.NaN, double.NaN);

    /// <summary>Positive plus negative part, m² s⁻².</summary>
    public double Total => Positive + Negative;
}
