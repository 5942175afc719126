namespace RealtimeHub.Science.Drivers;

/// <summary>The fields of a grid at the surface, one value per cell.</summary>
/// <param name="Pressure">Surface pressure, Pa.</param>
/// <param name="Temperature">Temperature at 2 m, K.</param>
/// <param name="Dewpoint">Dewpoint at 2 m, K.</param>
/// <param name="Height">Height of the ground above sea level, m.</param>
/// <param name="U">Eastward wind at 10 m, m s⁻¹.</param>
/// <param name="V">Northward wind at 10 m, m s⁻¹.</param>
public sealed record SurfaceFields(
    float[] Pressure,
    float[] Temperature,
    float[] Dewpoint,
    float[] Height,
    float[] U,
    float[] V);
