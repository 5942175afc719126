using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Protocol.Status;

/// <summary>Subscribes to the server's status: the newest at once, then one every 5 s.</summary>
public sealed record SubscribeSystemRequest : SubscribeRequest;
