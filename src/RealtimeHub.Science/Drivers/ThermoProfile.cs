namespace RealtimeHub.Science.Drivers;

/// <summary>Temperature and moisture of one column, from the surface up.</summary>
/// <remarks>
/// A level with a NaN, or whose pressure is not below that of the level kept before it, is skipped by every function: so
/// levels below the ground drop out when the surface is the first level.
/// </remarks>
public readonly ref struct ThermoProfile
{
    /// <summary>A profile over spans of equal length; throws <see cref="ArgumentException"/> if they differ.</summary>
    /// <param name="pressure">Pressure, Pa, falling.</param>
    /// <param name="temperature">Temperature, K.</param>
    /// <param name="dewpoint">Dewpoint, K.</param>
    public ThermoProfile(ReadOnlySpan<double> pressure, ReadOnlySpan<double> temperature, ReadOnlySpan<double> dewpoint)
    {
        ProfileLengths.Check(pressure.Length, temperature.Length, dewpoint.Length);
        Pressure = pressure;
        Temperature = temperature;
        Dewpoint = dewpoint;
    }

    /// <summary>Pressure, Pa.</summary>
    public ReadOnlySpan<double> Pressure { get; }

    /// <summary>Temperature, K.</summary>
    public ReadOnlySpan<double> Temperature { get; }

    /// <summary>Dewpoint, K.</summary>
    public ReadOnlySpan<double> Dewpoint { get; }

    /// <summary>The number of levels, skipped ones included.</summary>
    public int Length => Pressure.Length;

    // The next level that counts after `index`, or Length.
    internal int Next(int index, double pressureBelow)
    {
        for (index++; index < Pressure.Length; index++)
        {
            if (Pressure[index] < pressureBelow && !double.IsNaN(Temperature[index] + Dewpoint[index]))
            {
                break;
            }
        }

        return index;
    }
}
