using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Server.Hubs.Events;

/// <summary>Patterns of event types, and what a connection receives without any.</summary>
internal static class EventSubscriptions
{
    private const int MaxPatterns = 64;

    /// <summary>Reads patterns.</summary>
    /// <param name="texts">Their texts.</param>
    /// <param name="what">What they are for, in words.</param>
    /// <param name="errors">Gets one entry per bad pattern.</param>
    public static List<EventPattern> Patterns(IReadOnlyList<string>? texts, string what, List<FieldError> errors)
    {
        if (texts is not { Count: > 0 and <= MaxPatterns })
        {
            var count = (texts?.Count ?? 0).ToString(CultureInfo.InvariantCulture);
            errors.Add(new FieldError("events", $"Name the patterns to {what}, for example [\"alert.*\", \"camera.status_changed\"].", count, $"1..{MaxPatterns} patterns"));
            return [];
        }

        var patterns = new List<EventPattern>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            if (EventPattern.TryParse(texts[i], out var pattern))
            {
                patterns.Add(pattern);
            }
            else
            {
                errors.Add(new FieldError($"events[{i}]", "A pattern is too short or too long.", FieldError.Preview(texts[i] ?? "null"), $"1..{EventPattern.MaxLength} characters"));
            }
        }

        return [.. patterns.Distinct()];
    }

    /// <summary>Has a connection receive everything; it goes on where an explicit subscription stood, so that nothing is missed in between.</summary>
    public static ValueTask ReceiveAllAsync(SubscriptionService subscriptions, HubCallerContext connection)
    {
        var channel = EventsFamily.Channel;
        return subscriptions.ReceiveAllAsync(connection, new SubscribePlan { Id = channel.Value, Channel = channel, Patterns = null, IsImplicit = true });
    }

    /// <summary>Takes patterns away, or without any all of them: then everything is received again.</summary>
    public static async ValueTask<UnsubscribeResult> UnsubscribeAsync(SubscriptionService subscriptions, HubCallerContext connection, IReadOnlyList<EventPattern>? patterns)
    {
        if (patterns is null)
        {
            var held = subscriptions.Patterns(connection, EventsFamily.Channel) ?? [];
            await ReceiveAllAsync(subscriptions, connection);
            return new UnsubscribeResult { Removed = held.Count > 0, Events = held };
        }

        var removed = subscriptions.RemovePatterns(connection, EventsFamily.Channel, patterns) ?? [];
        return new UnsubscribeResult { Removed = removed.Count > 0, Events = removed };
    }
}
