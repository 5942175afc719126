using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>The system hub, <c>/hubs/system</c>.</summary>
public interface ISystemHub : IRealtimeHub
{
    /// <summary>Subscribes to the status of the server and of registered services.</summary>
    Task<SubscribeResult> Subscribe(SubscribeSystemRequest request);
}
