using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Hubs.Events.Schema;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Events;

/// <summary>Makes envelopes of events whose types are in the registry. Pure.</summary>
internal static class EventEnvelopes
{
    /// <summary>Validates an event against its type; null if there were errors.</summary>
    public static Envelope? From(EventType type, PublishEvent source, EnvelopeDefaults defaults, List<FieldError> errors)
    {
        if (!type.Validate(source.Payload!.Value.ToElement(), errors))
        {
            return null;
        }

        var payload = type.Normalise(source.Payload.Value.ToElement());
        var element = payload.ToElement();
        return new Envelope
        {
            Type = type.CanonicalName,
            Timestamp = source.Timestamp ?? defaults.Timestamp,
            EventId = source.EventId ?? defaults.EventId,
            CorrelationId = source.CorrelationId,
            RequiresAck = EventRules.RequiresAck(type.CanonicalName, element),
            Tags = Merge(source.Tags, EventRules.Tags(type, element)),
            Payload = payload,
            ConflationKey = EventRules.ConflationKey(type, element),
        };
    }

    // What the payload says wins: a filter on a derived tag must be able to trust it.
    private static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string>? given, IReadOnlyDictionary<string, string> derived)
    {
        if (given is null or { Count: 0 })
        {
            return derived;
        }

        var merged = new Dictionary<string, string>(given, StringComparer.Ordinal);
        foreach (var (name, value) in derived)
        {
            merged[name] = value;
        }

        return merged;
    }
}
