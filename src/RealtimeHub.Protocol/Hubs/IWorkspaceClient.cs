using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Workspace;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>What the workspace hub pushes.</summary>
public interface IWorkspaceClient : IRealtimeClient
{
    /// <summary>Something happened to a spec, an agent or a team.</summary>
    Task Workspace(FrameEnvelope frame);

    /// <summary>Everyone in a channel; comes once, after the subscription has started.</summary>
    Task PresenceState(PresenceState state);

    /// <summary>Somebody came into a channel or left it.</summary>
    Task PresenceDiff(PresenceDiff diff);
}
