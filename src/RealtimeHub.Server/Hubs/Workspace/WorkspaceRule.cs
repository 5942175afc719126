using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Hubs.Workspace.Directory;

namespace RealtimeHub.Server.Hubs.Workspace;

/// <summary>A workspace channel belongs to one team, and only that team reads it, whatever scopes others have. Thread-safe.</summary>
internal sealed class WorkspaceRule(IResourceDirectory directory) : IChannelRule
{
    public IReadOnlyList<string> Families { get; } = [WorkspaceFamily.Spec.Name, WorkspaceFamily.Agent.Name, WorkspaceFamily.Team.Name];

    public async ValueTask<ProtocolError?> ReadAsync(Principal principal, ChannelName channel, CancellationToken cancellationToken) =>
        !string.IsNullOrEmpty(principal.Team) && await TeamOfAsync(channel, cancellationToken) == principal.Team
            ? null
            : ErrorCodes.ChannelForbidden.With("Channel access denied");

    // A service that publishes for all teams says so with its scope.
    public ValueTask<ProtocolError?> WriteAsync(Principal principal, ChannelName channel, CancellationToken cancellationToken) =>
        principal.Has(Scopes.WorkspaceAdmin) && !channel.Id.Contains(':')
            ? ValueTask.FromResult<ProtocolError?>(null)
            : ReadAsync(principal, channel, cancellationToken);

    private async ValueTask<string?> TeamOfAsync(ChannelName channel, CancellationToken cancellationToken)
    {
        var id = channel.Id.ToString();
        return id.Contains(':') ? null
            : channel.Family.SequenceEqual(WorkspaceFamily.Team.Name) ? id
            : await directory.FindTeamAsync(channel.Family.ToString(), id, cancellationToken);
    }
}
