using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Engine.Subscriptions;

// What clients acknowledge.
public sealed partial class SubscriptionService
{
    /// <summary>Acknowledges frames for the consumer of the connection's subscription on a channel.</summary>
    public AckResult Acknowledge(HubCallerContext connection, string channel, string? epoch, IReadOnlyList<long> sequences)
    {
        if (connection.Pump().Subscriptions.FindByChannel(channel) is not { } subscription)
        {
            return new AckResult { Error = ErrorCodes.SubscriptionNotFound.With($"The connection has no subscription on {FieldError.Preview(channel)}.") };
        }

        if (subscription.Consumer is not { } consumer || subscription.Cursor.Channel.Acks is not { } acks)
        {
            return new AckResult { Error = ErrorCodes.InvalidRequest.With("The subscription acknowledges nothing: it was made without a consumer.", new FieldError("channel", "Subscribe with a consumer to acknowledge.", channel)) };
        }

        if (epoch is not null && epoch != subscription.Cursor.Channel.Log.Epoch)
        {
            return new AckResult { Unknown = sequences, Unacknowledged = 0 };
        }

        var outcome = acks.Acknowledge(consumer, sequences);
        return new AckResult
        {
            Acknowledged = outcome.Acknowledged,
            Unknown = outcome.Unknown,
            Floor = outcome.Floor,
            Unacknowledged = outcome.Unacknowledged,
        };
    }

    /// <summary>Acknowledges everything up to an offset, for a consumer that begins now if the subscription has none.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="consumer">The name of the consumer that begins.</param>
    /// <param name="start">Where the connection began to read: what was before is none of that consumer's.</param>
    /// <param name="offset">The newest offset that is acknowledged.</param>
    public AckResult AcknowledgeUpTo(HubCallerContext connection, ChannelName channel, string consumer, long start, long offset)
    {
        var pump = connection.Pump();
        if (pump.Subscriptions.FindByChannel(channel.Value) is not { } subscription || subscription.Cursor.Channel.Acks is not { } acks)
        {
            return new AckResult { Error = ErrorCodes.SubscriptionNotFound.With($"The connection has no subscription on {channel} that acknowledges.") };
        }

        if (offset < 1 || offset > subscription.Cursor.Channel.Log.Newest)
        {
            return new AckResult { Unknown = [offset] };
        }

        if (subscription.Consumer is null)
        {
            var key = new ConsumerKey(pump.UserId ?? pump.ConnectionId, consumer);
            if (acks.Attach(key, subscription.Cursor.Filter, subscription, start) is null)
            {
                return new AckResult { Error = ErrorCodes.MaxConsumersReached.With("The user has as many consumers as it may.") };
            }

            subscription.Consumer = key;
        }

        var outcome = acks.AcknowledgeUpTo(subscription.Consumer.Value, offset);
        return new AckResult { Acknowledged = outcome.Acknowledged, Unknown = outcome.Unknown, Floor = outcome.Floor, Unacknowledged = outcome.Unacknowledged };
    }
}
