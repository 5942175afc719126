using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>A service's status is another than before.</summary>
/// <param name="Current">What it is now.</param>
/// <param name="PreviousStatus">What it was; nothing when it was not known.</param>
internal sealed record ServiceStatusChange(ServiceStatus Current, string? PreviousStatus);
