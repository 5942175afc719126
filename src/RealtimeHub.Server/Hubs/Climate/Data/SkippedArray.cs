namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>An array that is not served as a field, and why.</summary>
internal sealed record SkippedArray(string Name, string Why);
