namespace RealtimeHub.Science.Drivers;

/// <summary>A parcel of air before it is lifted.</summary>
/// <param name="Pressure">Pressure, Pa.</param>
/// <param name="Temperature">Temperature, K.</param>
/// <param name="Dewpoint">Dewpoint, K; at most the temperature.</param>
public readonly record struct Parcel(double Pressure, double Temperature, double Dewpoint)
{
    /// <summary>The parcel of a profile that has no usable level.</summary>
    public static Parcel Missing => new(double.NaN, double.NaN, double.NaN);

    /// <summary>Whether all three values are there.</summary>
    public bool IsComplete => !double.IsNaN(Pressure + Temperature + Dewpoint);
}
