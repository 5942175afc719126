using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Publishing;

/// <summary>A family of channels that services may publish to: its scope, and what it makes of an event.</summary>
internal interface IPublishableFamily
{
    /// <summary>The family's name.</summary>
    string Name { get; }

    /// <summary>The scope that publishing needs.</summary>
    string Scope { get; }

    /// <summary>Whether a channel of the family is the server's own, which nobody else may publish to.</summary>
    bool IsReserved(ChannelName channel) => false;

    /// <summary>Validates an event and makes it an envelope.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="source">The event, its outer members checked already.</param>
    /// <param name="defaults">The id and time of an event that gives none.</param>
    /// <param name="errors">Gets one entry per bad member.</param>
    /// <returns>The envelope; null if there were errors.</returns>
    Envelope? Prepare(ChannelName channel, PublishEvent source, EnvelopeDefaults defaults, List<FieldError> errors);

    /// <summary>Whether an envelope is the last of its channel.</summary>
    bool EndsChannel(Envelope envelope);

    /// <summary>Hears what was appended, duplicates left out, in order per channel.</summary>
    void Published(Principal principal, ChannelName channel, IReadOnlyList<Envelope> envelopes);
}
