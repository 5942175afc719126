using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Workspace;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>The workspace hub, <c>/hubs/workspace</c>.</summary>
public interface IWorkspaceHub : IRealtimeHub
{
    /// <summary>Subscribes to a spec, an agent or a team, and makes the caller present there.</summary>
    Task<SubscribeResult> Subscribe(SubscribeWorkspaceRequest request);

    /// <summary>Tells who is in a channel.</summary>
    Task<PresenceResult> Presence(PresenceRequest request);

    /// <summary>Publishes one event.</summary>
    Task<PublishResult> Publish(PublishRequest request);

    /// <summary>Publishes events as they come; ends with the first refusal.</summary>
    Task<PublishBatchResult> PublishStream(PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events);
}
