namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>Which values are wanted.</summary>
/// <remarks>
/// TimeIndex: an index into the catalogue's times.
/// Level: a level in the variable's units; null for all of them, or for a field on one surface.
/// Window: a part of the catalogue's grid; null for all of it.
/// </remarks>
internal readonly record struct FieldRequest(string Variable, int TimeIndex, double? Level = null, GridWindow? Window = null);
