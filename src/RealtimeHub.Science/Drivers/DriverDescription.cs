namespace RealtimeHub.Science.Drivers;

/// <summary>What a driver is, for the metadata of its frames.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="WireName">Its name on the wire.</param>
/// <param name="Unit">Its unit, as in CF metadata.</param>
/// <param name="Definition">The definition that was implemented, with its source.</param>
public sealed record DriverDescription(Driver Driver, string WireName, string Unit, string Definition);
