namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Variables on the whole grid of a source at one time, and the model that predicted them, if one did.</summary>
internal sealed record GridPlanes(IReadOnlyDictionary<string, GridPlane> Planes, string? ModelVersion);
