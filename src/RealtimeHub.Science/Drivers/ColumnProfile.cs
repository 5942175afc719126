namespace RealtimeHub.Science.Drivers;

/// <summary>One column with everything the drivers need, from the surface up.</summary>
/// <remarks>
/// The first level is the surface: 2 m temperature and dewpoint and 10 m wind at height 0. Rules as for
/// <see cref="ThermoProfile"/> and <see cref="WindProfile"/>.
/// </remarks>
public readonly ref struct ColumnProfile
{
    /// <summary>A column of two profiles on the same levels; throws <see cref="ArgumentException"/> if their lengths differ.</summary>
    /// <param name="thermo">Pressure, temperature and dewpoint.</param>
    /// <param name="wind">Height above ground and wind.</param>
    public ColumnProfile(ThermoProfile thermo, WindProfile wind)
    {
        ProfileLengths.Check(thermo.Length, wind.Length, wind.Length);
        Thermo = thermo;
        Wind = wind;
    }

    /// <summary>Pressure, temperature and dewpoint.</summary>
    public ThermoProfile Thermo { get; }

    /// <summary>Height above ground and wind.</summary>
    public WindProfile Wind { get; }

    /// <summary>Pressure, Pa, falling.</summary>
    public ReadOnlySpan<double> Pressure => Thermo.Pressure;

    /// <summary>Temperature, K.</summary>
    public ReadOnlySpan<double> Temperature => Thermo.Temperature;

    /// <summary>Dewpoint, K.</summary>
    public ReadOnlySpan<double> Dewpoint => Thermo.Dewpoint;

    /// <summary>Height above ground, m, rising from 0.</summary>
    public ReadOnlySpan<double> Height => Wind.Height;

    /// <summary>Wind towards the east, m s⁻¹.</summary>
    public ReadOnlySpan<double> U => Wind.U;

    /// <summary>Wind towards the north, m s⁻¹.</summary>
    public ReadOnlySpan<double> V => Wind.V;

    /// <summary>The number of levels, skipped ones included.</summary>
    public int Length => Thermo.Length;

    // The next level on which everything counts after `index`, or Length.
    internal int Next(int index, double pressureBelow)
    {
        do
        {
            index = Thermo.Next(index, pressureBelow);
        }
        while (index < Length && double.IsNaN(Height[index] + U[index] + V[index]));

        return index;
    }
}
