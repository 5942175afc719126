namespace RealtimeHub.Science.Drivers;

/// <summary>The fields of a grid on its levels, one plane per level.</summary>
/// <param name="Temperature">Temperature, K.</param>
/// <param name="Dewpoint">Dewpoint, K; from relative humidity by <see cref="Moisture.DewpointFromRelativeHumidity"/>.</param>
/// <param name="Height">Geopotential height above sea level, m.</param>
/// <param name="U">Eastward wind, m s⁻¹.</param>
/// <param name="V">Northward wind, m s⁻¹.</param>
public sealed record LevelFields(float[] Temperature, float[] Dewpoint, float[] Height, float[] U, float[] V);
