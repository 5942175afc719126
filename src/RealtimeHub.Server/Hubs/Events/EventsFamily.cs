using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Events.Schema;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Events;

/// <summary>The channel <c>events</c>: all types of the registry, in one order.</summary>
internal sealed class EventsFamily : IPublishableFamily
{
    public static ChannelName Channel { get; } = ChannelName.Parse("events");

    public static ChannelFamily Family { get; } = new()
    {
        Name = "events",
        Target = nameof(IEventsClient.Event),
        DefaultPolicy = SlowConsumerPolicy.Lossless,
        HasAcks = true,
        DeduplicatesEventIds = true,
    };

    public string Name => Family.Name;

    public string Scope => Scopes.EventsWrite;

    public Envelope? Prepare(ChannelName channel, PublishEvent source, EnvelopeDefaults defaults, List<FieldError> errors)
    {
        if (!EventTypeTable.TryGet(source.Type, out var type))
        {
            errors.Add(new FieldError("type", "There is no such event type.", FieldError.Preview(source.Type!), "a type of the event registry"));
            return null;
        }

        if (type.IsServerOnly)
        {
            errors.Add(new FieldError("type", "Only the server itself publishes this type.", type.CanonicalName));
            return null;
        }

        return EventEnvelopes.From(type, source, defaults, errors);
    }

    public bool EndsChannel(Envelope envelope) => false;

    public void Published(Principal principal, ChannelName channel, IReadOnlyList<Envelope> envelopes)
    {
        // Subscribers are all who need to hear of an event.
    }
}
