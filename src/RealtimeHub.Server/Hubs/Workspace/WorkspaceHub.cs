using System.Globalization;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Workspace;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Workspace;

/// <summary>Specs, agents and teams: what happens to them, and who is there.</summary>
internal sealed class WorkspaceHub(
    SubscriptionService subscriptions, HubPublisher publisher, WorkspacePresence presence, TimeProvider clock)
    : ChannelHub<IWorkspaceClient>(subscriptions, clock), IWorkspaceHub
{
    private const int MaxFacts = 16;
    private const int MaxNameLength = 50;
    private const int MaxValueLength = 200;

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        // A transport that ends without a word may be a tunnel; who was closed by the server comes back as well.
        presence.Gone(Context.ConnectionId, isAbrupt: Context.Features.Get<LiveConnection>()?.Traffic.SaidGoodbye != true);
        await base.OnDisconnectedAsync(exception);
    }

    [RequiresScope(Scopes.WorkspaceRead)]
    [ReadsChannel(null, nameof(SubscribeWorkspaceRequest.Channel))]
    public async Task<SubscribeResult> Subscribe(SubscribeWorkspaceRequest request)
    {
        if (WorkspaceChannel.Normalise(request.Channel) is not { } name)
        {
            return new SubscribeResult { Error = WorkspaceChannel.Refusal(request.Channel) };
        }

        var isPresent = request.Presence ?? true;
        var connectionId = Context.ConnectionId;
        var result = await SubscribeAsync(request, ChannelName.Parse(name), (plan, errors) =>
        {
            CheckMetadata(request.Metadata, errors);
            return isPresent ? plan with { Left = () => presence.Leave(name, connectionId) } : plan;
        });
        if (result.Error is null && isPresent)
        {
            await Groups.AddToGroupAsync(connectionId, WorkspacePresence.GroupOf(name));
            presence.Join(name, connectionId, Context.UserIdentifier ?? Principal.Id, request.Metadata);
            presence.TellState(connectionId, name);
        }

        return result;
    }

    [RequiresScope(Scopes.WorkspaceRead)]
    [ReadsChannel(null, nameof(PresenceRequest.Channel))]
    public Task<PresenceResult> Presence(PresenceRequest request) => Task.FromResult(
        WorkspaceChannel.Normalise(request.Channel) is { } name
            ? new PresenceResult { Presence = presence.StateOf(name) }
            : new PresenceResult { Error = WorkspaceChannel.Refusal(request.Channel) });

    // Which of the three scopes it needs depends on the channel; the publisher asks for it.
    [RequiresScope(RequiresScopeAttribute.None)]
    public Task<PublishResult> Publish(PublishRequest request) => publisher.PublishAsync(Principal, request, Context.ConnectionAborted);

    [RequiresScope(RequiresScopeAttribute.None)]
    public Task<PublishBatchResult> PublishStream(PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events) =>
        publisher.PublishStreamAsync(Principal, request, events, Context.ConnectionAborted);

    private static void CheckMetadata(IReadOnlyDictionary<string, string>? metadata, List<FieldError> errors)
    {
        if (metadata is not null
            && (metadata.Count > MaxFacts || metadata.Any(f => f.Key.Length is 0 or > MaxNameLength || f.Value is not { Length: <= MaxValueLength })))
        {
            errors.Add(new FieldError(
                "metadata", "There are too many facts, or one is too long.", string.Create(CultureInfo.InvariantCulture, $"{metadata.Count} facts"),
                $"{MaxFacts} facts, names of {MaxNameLength}, values of {MaxValueLength} characters"));
        }
    }
}
