using System.Text.Json;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Events;
using RealtimeHub.Server.Hubs.Events.Schema;
using RealtimeHub.Server.Hubs.System.Sampling;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.System;

/// <summary>The channels <c>service:{name}</c>: what a service says of itself. The registry hears it too.</summary>
internal sealed class ServiceFamily(ServiceRegistry registry) : IPublishableFamily
{
    private const string Type = "service.status";

    public static ChannelFamily Family { get; } = new()
    {
        Name = "service",
        Target = nameof(ISystemClient.Status),
        HasIds = true,
        Retention = new RetentionLimits(1_000, 1L << 20, TimeSpan.FromHours(24)),
        StartsWithNewest = true,
    };

    public string Name => Family.Name;

    public string Scope => Scopes.ServiceWrite;

    public Envelope? Prepare(ChannelName channel, PublishEvent source, EnvelopeDefaults defaults, List<FieldError> errors)
    {
        if (!EventTypeTable.TryGet(source.Type, out var type) || type.CanonicalName != Type)
        {
            errors.Add(new FieldError("type", "A service's channel has no such event type.", FieldError.Preview(source.Type!), Type));
            return null;
        }

        if (NameIn(source.Payload!.Value.ToElement()) is { } name && !channel.Id.SequenceEqual(name))
        {
            errors.Add(new FieldError("payload.service", "The service is not the channel's.", FieldError.Preview(name), channel.Id.ToString()));
            return null;
        }

        return EventEnvelopes.From(type, source, defaults, errors);
    }

    public bool EndsChannel(Envelope envelope) => false;

    public void Published(Principal principal, ChannelName channel, IReadOnlyList<Envelope> envelopes)
    {
        foreach (var envelope in envelopes)
        {
            var payload = envelope.Payload.ToElement();
            registry.Report(new ServiceStatus
            {
                Service = channel.Id.ToString(),
                Status = payload.GetProperty("status").GetString()!,
                Message = payload.TryGetProperty("message", out var message) && message.ValueKind is JsonValueKind.String ? message.GetString() : null,
                LatencyMs = payload.TryGetProperty("latency_ms", out var latency) && latency.ValueKind is JsonValueKind.Number ? latency.GetDouble() : null,
                CheckedAt = envelope.Timestamp,
            });
        }
    }

    private static string? NameIn(JsonElement payload) =>
        (payload.TryGetProperty("service", out var name) || payload.TryGetProperty("name", out name)) && name.ValueKind is JsonValueKind.String ? name.GetString() : null;
}
