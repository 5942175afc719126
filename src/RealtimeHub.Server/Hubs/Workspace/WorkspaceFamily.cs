using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Workspace;

/// <summary>One of the families <c>spec:</c>, <c>agent:</c> and <c>team:</c>.</summary>
internal sealed class WorkspaceFamily(ChannelFamily family, string scope) : IPublishableFamily
{
    private const string TypeTag = "kind";

    public static ChannelFamily Spec { get; } = Of("spec");

    public static ChannelFamily Agent { get; } = Of("agent");

    public static ChannelFamily Team { get; } = Of("team");

    public string Name => family.Name;

    public string Scope => scope;

    public Envelope? Prepare(ChannelName channel, PublishEvent source, EnvelopeDefaults defaults, List<FieldError> errors)
    {
        if (!WorkspacePayloads.TryGet(source.Type, out var type))
        {
            errors.Add(new FieldError("type", "A workspace channel has no such event type.", FieldError.Preview(source.Type!), WorkspacePayloads.Names));
            return null;
        }

        var payload = source.Payload!.Value.ToElement();
        if (!type.Validate(payload, errors))
        {
            return null;
        }

        return new Envelope
        {
            Type = type.CanonicalName,
            Timestamp = source.Timestamp ?? defaults.Timestamp,
            EventId = source.EventId ?? defaults.EventId,
            CorrelationId = source.CorrelationId,
            Tags = Tags(source, channel),
            Payload = type.Normalise(payload),
        };
    }

    public bool EndsChannel(Envelope envelope) => false;

    public void Published(Principal principal, ChannelName channel, IReadOnlyList<Envelope> envelopes)
    {
        // Subscribers are all who need to hear of it.
    }

    private static Dictionary<string, string> Tags(PublishEvent source, ChannelName channel) =>
        new(source.Tags ?? new Dictionary<string, string>(), StringComparer.Ordinal) { [TypeTag] = channel.Family.ToString() };

    private static ChannelFamily Of(string name) => new()
    {
        Name = name,
        Target = nameof(IWorkspaceClient.Workspace),
        HasIds = true,
        DefaultPolicy = SlowConsumerPolicy.Lossless,
        DeduplicatesEventIds = true,
    };
}
