using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Diagnostics;
using RealtimeHub.Server.Lifecycle;

namespace RealtimeHub.Server.Publishing;

/// <summary>The one way into a channel for services: authorises, validates, appends. Thread-safe.</summary>
internal sealed class ChannelPublisher(
    IChannelStore store,
    ChannelDirectory directory,
    IEnumerable<IPublishableFamily> families,
    IOptions<PublishingOptions> options,
    PublishRateLimit rateLimit,
    ChannelAuthorizer channels,
    DrainState drain,
    TimeProvider clock)
{
    private const int MaxIdLength = 100;
    private const int MaxKeyLength = 200;
    private const int MaxTags = 16;
    private const int MaxTagNameLength = 50;
    private const int MaxTagValueLength = 200;

    private readonly FrozenDictionary<string, IPublishableFamily> _families = families.ToFrozenDictionary(f => f.Name);

    /// <summary>Takes one of the caller's permits, checks the channel and the scope: what has to be right before any event is looked at.</summary>
    /// <returns>The channel, or why not.</returns>
    public async ValueTask<(ChannelName Channel, ProtocolError? Refusal)> AdmitAsync(Principal principal, string? channelText, CancellationToken cancellationToken) =>
        Check(principal, channelText, out var channel) is { } refusal ? (channel, refusal) : (channel, await rateLimit.TakeAsync(principal, cancellationToken));

    /// <summary>Publishes events that <see cref="AdmitAsync"/> has let in: all of them or none.</summary>
    public async ValueTask<PublishOutcome> PublishAsync(
        Principal principal, ChannelName channel, IReadOnlyList<PublishEvent> events, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var trace = ServerMetrics.Traces.StartActivity("publish", ActivityKind.Producer);
        trace?.SetTag("realtimehub.family", channel.Family.ToString());
        if ((drain.PublishRefusal() ?? await channels.AuthorizePublishAsync(principal, channel, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        var errors = new List<FieldError>();
        if (idempotencyKey is { Length: 0 or > MaxKeyLength })
        {
            errors.Add(new FieldError("idempotency_key", "The idempotency key is too short or too long.", FieldError.Preview(idempotencyKey), $"1..{MaxKeyLength} characters"));
        }

        if (events.Count == 0 || events.Count > options.Value.MaxBatchEvents)
        {
            errors.Add(new FieldError("events", "There are no events, or too many.", events.Count.ToString(CultureInfo.InvariantCulture), $"1..{options.Value.MaxBatchEvents}"));
            return ErrorCodes.InvalidRequest.With(errors[0].Message, errors);
        }

        var family = _families[channel.Family.ToString()];
        var envelopes = Prepare(family, channel, events, errors);
        if (errors.Count > 0)
        {
            return ErrorCodes.InvalidPayload.With($"{errors.Count} member(s) of the event(s) are wrong; the first: {errors[0].Field}: {errors[0].Message}", errors);
        }

        var request = new AppendRequest(channel, envelopes)
        {
            // Two callers who count their requests from 1 must not get each other's answers.
            IdempotencyKey = idempotencyKey is null ? null : $"{principal.Id}\n{idempotencyKey}",
            Fingerprint = idempotencyKey is null ? "" : Fingerprint(events),
            EndsChannel = family.EndsChannel(envelopes[^1]),
        };
        return await AppendAsync(principal, family, request, cancellationToken);
    }

    private async ValueTask<PublishOutcome> AppendAsync(Principal principal, IPublishableFamily family, AppendRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var result = await store.AppendAsync(request, cancellationToken);
            if (Refusal(result.Status, request.Channel) is { } refusal)
            {
                return refusal;
            }

            if (!result.IsRepeat)
            {
                family.Published(principal, request.Channel, [.. request.Envelopes.Where((_, i) => !result.Entries[i].IsDuplicate)]);
            }

            return new PublishOutcome(result, null);
        }
        catch (ChannelStoreUnavailableException exception)
        {
            return ErrorCodes.Unavailable.With(exception.Message);
        }
    }

    private static ProtocolError? Refusal(AppendStatus status, ChannelName channel) => status switch
    {
        AppendStatus.KeyConflict => ErrorCodes.IdempotencyConflict.With("The idempotency key was used for other events within the last 5 minutes."),
        AppendStatus.Ended => ErrorCodes.JobFinished.With($"{channel} has ended; nothing can be added to it."),
        AppendStatus.TooManyChannels => ErrorCodes.ChannelLimit.With("The server holds as many channels as it may."),
        _ => null,
    };

    private ProtocolError? Check(Principal principal, string? channelText, out ChannelName channel)
    {
        if (!ChannelName.TryParse(channelText, out channel, out var reason))
        {
            return ErrorCodes.InvalidChannel.With(reason, new FieldError("channel", reason, FieldError.Preview(channelText ?? "")));
        }

        if (!directory.TryGetFamily(channel, out var known))
        {
            return ErrorCodes.ChannelNotFound.With($"There is no channel {channel}.");
        }

        if (!_families.TryGetValue(known.Name, out var family) || family.IsReserved(channel))
        {
            return ErrorCodes.ChannelReadOnly.With($"Only the server itself publishes to {channel}.");
        }

        return principal.Has(family.Scope) ? null : ErrorCodes.Forbidden.With($"Publishing to {channel} needs the scope {family.Scope}.");
    }

    private static string Fingerprint(IReadOnlyList<PublishEvent> events)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in events)
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(source, RealtimeJsonContext.Default.PublishEvent));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private Envelope[] Prepare(IPublishableFamily family, ChannelName channel, IReadOnlyList<PublishEvent> events, List<FieldError> errors)
    {
        var envelopes = new List<Envelope>(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            var own = new List<FieldError>();
            Check(events[i], own);
            var defaults = new EnvelopeDefaults(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), clock.GetUtcNow());
            if (own.Count == 0 && family.Prepare(channel, events[i], defaults, own) is { } envelope)
            {
                if (envelopes.Count > 0 && family.EndsChannel(envelopes[^1]))
                {
                    own.Add(new FieldError("type", "Nothing can follow the event that ends the channel.", envelope.Type));
                }

                envelopes.Add(envelope);
            }

            var prefix = events.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"events[{i}].");
            errors.AddRange(own.Select(e => e with { Field = prefix + e.Field }));
            if (errors.Count >= 100)
            {
                break;
            }
        }

        return [.. envelopes];
    }

    private void Check(PublishEvent source, List<FieldError> errors)
    {
        errors.AddRange(source.BindingErrors ?? []);
        if (errors.Count > 0)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(source.Type))
        {
            errors.Add(new FieldError("type", "The event's type is missing."));
        }

        if (source.Payload is not { } payload || payload.Utf8.Span[0] != (byte)'{')
        {
            errors.Add(new FieldError("payload", "The payload is missing or not an object.", source.Payload is null ? null : FieldError.Preview(source.Payload.Value.ToString()), "an object"));
        }
        else if (payload.Utf8.Length > options.Value.MaxEventBytes)
        {
            errors.Add(new FieldError("payload", "The payload is too large.", $"{payload.Utf8.Length} bytes", $"at most {options.Value.MaxEventBytes} bytes"));
        }

        CheckLength("eventId", source.EventId, errors);
        CheckLength("correlation_id", source.CorrelationId, errors);
        if (source.Tags is { } tags
            && (tags.Count > MaxTags || tags.Any(t => t.Key.Length is 0 or > MaxTagNameLength || t.Value is not { Length: <= MaxTagValueLength })))
        {
            errors.Add(new FieldError("tags", "There are too many tags, or one is too long.", $"{tags.Count} tags", $"{MaxTags} tags, names of {MaxTagNameLength}, values of {MaxTagValueLength} characters"));
        }
    }

    private static void CheckLength(string field, string? value, List<FieldError> errors)
    {
        if (value is { Length: 0 or > MaxIdLength })
        {
            errors.Add(new FieldError(field, $"{field} is too short or too long.", FieldError.Preview(value), $"1..{MaxIdLength} characters"));
        }
    }
}
