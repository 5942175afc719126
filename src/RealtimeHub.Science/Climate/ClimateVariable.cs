namespace RealtimeHub.Science.Climate;

/// <summary>What the climate model predicts.</summary>
public enum ClimateVariable
{
    /// <summary>Air temperature 2 m above ground, <c>t2m</c>, in kelvin.</summary>
    T2m,

    /// <summary>Dewpoint 2 m above ground, <c>td2m</c>, in kelvin.</summary>
    Td2m,

    /// <summary>Eastward wind 10 m above ground, <c>u10</c>, in m/s.</summary>
    U10,

    /// <summary>Northward wind 10 m above ground, <c>v10</c>, in m/s.</summary>
    V10,
}
