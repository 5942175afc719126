using System.Text.Json.Serialization;
using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Hubs.Events.Schema;
using RealtimeHub.Server.Publishing;

namespace RealtimeHub.Server.Hubs.Events;

/// <summary>Publishes <c>event.escalated</c> for a critical event that nobody has acknowledged in time.</summary>
internal sealed class EventEscalation(IChannelStore store, TimeProvider clock) : IEscalationSink
{
    public async ValueTask EscalateAsync(Escalation escalation, CancellationToken cancellationToken)
    {
        var frame = escalation.Frame;
        var payload = JsonPayload.From(
            new EscalatedPayload(
                frame.EventId,
                frame.Sequence,
                escalation.Consumer?.Name,
                escalation.Consumer?.User,
                escalation.Attempts,
                escalation.Reason,
                frame.Tags?.GetValueOrDefault("risk_level"),
                frame.Tags?.GetValueOrDefault("camera_id")),
            EscalationJsonContext.Default.EscalatedPayload);
        var source = new PublishEvent { Type = "event.escalated", Payload = payload, CorrelationId = frame.EventId };
        var errors = new List<FieldError>();
        var defaults = new EnvelopeDefaults(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), clock.GetUtcNow());
        if (!EventTypeTable.TryGet(source.Type, out var type) || EventEnvelopes.From(type, source, defaults, errors) is not { } envelope)
        {
            throw new InvalidOperationException($"The escalation does not fit its own type: {string.Join("; ", errors.Select(e => $"{e.Field}: {e.Message}"))}");
        }

        await store.AppendAsync(new AppendRequest(EventsFamily.Channel, [envelope]), cancellationToken);
    }

    internal sealed record EscalatedPayload(
        string EventId, long Sequence, string? Consumer, string? User, int Attempts, string Reason, string? RiskLevel, string? CameraId);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EventEscalation.EscalatedPayload))]
internal sealed partial class EscalationJsonContext : JsonSerializerContext;
