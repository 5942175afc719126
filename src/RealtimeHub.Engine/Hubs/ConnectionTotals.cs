namespace RealtimeHub.Engine.Hubs;

/// <summary>What the server has done for one connection.</summary>
/// <param name="Delivered">Frames written.</param>
/// <param name="Lost">Frames announced as lost.</param>
/// <param name="CloseCode">The close reason, if the server ended it.</param>
public readonly record struct ConnectionTotals(long Delivered, long Lost, string? CloseCode);
