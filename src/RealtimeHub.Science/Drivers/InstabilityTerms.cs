namespace RealtimeHub.Science.Drivers;

/// <summary>The drivers that the instability composite is made of.</summary>
/// <param name="Cape">CAPE, J kg⁻¹.</param>
/// <param name="Cin">CIN, J kg⁻¹; negative.</param>
/// <param name="Shear">Bulk shear, m s⁻¹.</param>
/// <param name="JetSpeed">Speed of the low-level jet, m s⁻¹.</param>
/// <param name="LapseRate">Lapse rate, K m⁻¹.</param>
/// <param name="Moisture">Moisture transport, kg m⁻¹ s⁻¹.</param>
public readonly record struct InstabilityTerms(
    double Cape,
    double Cin,
    double Shear,
    double JetSpeed,
    double LapseRate,
    double Moisture);
