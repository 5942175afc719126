namespace RealtimeHub.Science.Drivers;

/// <summary>Where a lifted parcel saturates.</summary>
/// <param name="Pressure">Pressure, Pa.</param>
/// <param name="Temperature">Temperature of the parcel there, K.</param>
public readonly record struct CondensationLevel(double Pressure, double Temperature);
