namespace RealtimeHub.Science.Drivers;

/// <summary>Weights and scales of the instability composite, and the composite itself.</summary>
/// <remarks>
/// <para>
/// score = w₁ CAPE/s₁ + w₂ (−CIN/s₂) + w₃ shear/s₃ + w₄ jet/s₄ + w₅ lapse rate/s₅ + w₆ moisture/s₆, without unit (Kansas
/// Frontier Matrix, instability pack v11.2.2). Not a probability and not calibrated.
/// </para>
/// <para>
/// CIN is negative, so that −CIN/s₂ grows with inhibition. The default w₂ is negative: inhibition lowers the score. The source
/// gives no numbers; the default weights have the sizes of its importance example (0.31, 0.08, 0.27, 0.18, 0.13, 0.03), and
/// the default scales are values that mark a strongly unstable day, so that each normalised term is near 1 then.
/// </para>
/// </remarks>
public sealed record InstabilityComposite
{
    /// <summary>w₁, weight of CAPE. Default 0.31.</summary>
    public double CapeWeight { get; init; } = 0.31;

    /// <summary>w₂, weight of −CIN. Default −0.08.</summary>
    public double CinWeight { get; init; } = -0.08;

    /// <summary>w₃, weight of shear. Default 0.27.</summary>
    public double ShearWeight { get; init; } = 0.27;

    /// <summary>w₄, weight of the low-level jet. Default 0.18.</summary>
    public double JetWeight { get; init; } = 0.18;

    /// <summary>w₅, weight of the lapse rate. Default 0.13.</summary>
    public double LapseRateWeight { get; init; } = 0.13;

    /// <summary>w₆, weight of moisture transport. Default 0.03.</summary>
    public double MoistureWeight { get; init; } = 0.03;

    /// <summary>s₁, scale of CAPE, J kg⁻¹. Default 2500.</summary>
    public double CapeScale { get; init; } = 2500.0;

    /// <summary>s₂, scale of CIN, J kg⁻¹; positive. Default 100.</summary>
    public double CinScale { get; init; } = 100.0;

    /// <summary>s₃, scale of the 0–6 km bulk shear, m s⁻¹. Default 20.</summary>
    public double ShearScale { get; init; } = 20.0;

    /// <summary>s₄, scale of the low-level jet, m s⁻¹. Default 15.</summary>
    public double JetScale { get; init; } = 15.0;

    /// <summary>s₅, scale of the 700–500 hPa lapse rate, K m⁻¹. Default 0.0075.</summary>
    public double LapseRateScale { get; init; } = 0.0075;

    /// <summary>s₆, scale of the integrated moisture transport, kg m⁻¹ s⁻¹. Default 250.</summary>
    public double MoistureScale { get; init; } = 250.0;

    /// <summary>The composite of one column.</summary>
    /// <remarks>A missing term whose weight is not 0 gives NaN; a term with weight 0 is not looked at.</remarks>
    /// <param name="terms">The drivers.</param>
    public double Score(in InstabilityTerms terms) =>
        Term(CapeWeight, terms.Cape, CapeScale)
        + Term(CinWeight, -terms.Cin, CinScale)
        + Term(ShearWeight, terms.Shear, ShearScale)
        + Term(JetWeight, terms.JetSpeed, JetScale)
        + Term(LapseRateWeight, terms.LapseRate, LapseRateScale)
        + Term(MoistureWeight, terms.Moisture, MoistureScale);

    private static double Term(double weight, double value, double scale) => weight == 0.0 ? 0.0 : weight * (value / scale);
}
