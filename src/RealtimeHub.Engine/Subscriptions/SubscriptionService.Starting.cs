using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Engine.Subscriptions;

// How a subscription starts, goes on elsewhere, or is refused.
public sealed partial class SubscriptionService
{
    private SubscribeResult Subscribe(ConnectionPump pump, Channel channel, SubscribePlan plan)
    {
        var isResume = plan.Start.From is not null;
        var existing = pump.Subscriptions.FindByChannel(plan.Channel.Value);
        var sameId = pump.Subscriptions.Find(plan.Id);
        if (existing is { IsImplicit: true })
        {
            // What was given without asking makes room for what is asked; it goes on where it stood, so nothing is missed.
            pump.Subscriptions.Remove(existing);
            plan = plan.Start == StartPoint.Live ? plan with { Start = new StartPoint(new StreamPosition(channel.Log.Epoch, existing.Served)) } : plan;
        }
        else if (existing is null && sameId?.Cursor.Terms.Ladder?.Has(plan.Channel) == true)
        {
            // It went over to a sibling of this channel; whoever asks again wants this one again.
            pump.Subscriptions.Remove(sameId);
        }
        else if (existing is not null || sameId is not null)
        {
            return existing is null || existing.Id != plan.Id
                ? Refused(Conflict(plan, existing ?? sameId!))
                : Change(existing, plan);
        }

        return Start(pump, channel, plan, isResume);
    }

    private SubscribeResult Start(ConnectionPump pump, Channel channel, SubscribePlan plan, bool isResume)
    {
        var resolution = channel.Log.Resolve(plan.Start, channel.Family.StartsWithNewest);
        var terms = Terms(channel, plan);
        var subscription = new Subscription(pump, channel, terms, resolution.Served)
        {
            Patterns = plan.Patterns,
            Tags = plan.Tags,
            IsImplicit = plan.IsImplicit,
            Left = plan.Left,
        };
        int? unacknowledged = null;
        if (plan.Consumer is { } name && channel.Acks is { } acks)
        {
            var key = new ConsumerKey(pump.UserId ?? pump.ConnectionId, name);
            subscription.Consumer = key;
            unacknowledged = acks.Attach(key, terms.Filter, subscription, resolution.Served);
            if (unacknowledged is null)
            {
                return Refused(ErrorCodes.MaxConsumersReached.With("The user has as many consumers as it may."));
            }
        }

        if (isResume && _engine.SlowConsumers.Take(pump.UserId, channel.Name))
        {
            resolution = resolution with { Reason = resolution.Reason ?? RecoveryReasons.SlowConsumer };
        }

        var notice = Notice(subscription, resolution, unacknowledged);
        subscription.Cursor.StartWith(new CursorSeek(resolution.Served, notice));
        if (!pump.Subscriptions.TryAdd(subscription))
        {
            if (subscription.Consumer is { } consumer)
            {
                channel.Acks!.Detach(consumer, subscription);
            }

            return Refused(ErrorCodes.Unavailable.With("The connection is closing."));
        }

        GoOnIfRenewed(subscription.Cursor, resolution);
        if (unacknowledged > 0)
        {
            pump.Redeliver();
        }

        return new SubscribeResult { Subscription = notice };
    }

    private CursorTerms Terms(Channel channel, SubscribePlan plan) => new()
    {
        Id = plan.Id,
        Policy = plan.Policy ?? channel.Family.DefaultPolicy,
        Limits = plan.Limits,
        Interval = plan.Interval,
        Filter = plan.Patterns is null && plan.Tags is null ? null : new FrameFilter(plan.Patterns, plan.Tags),
        Ladder = plan.Coarser.Count == 0 ? null : new ChannelLadder(_directory, [plan.Channel, .. plan.Coarser]),
    };

    private static SubscribeResult Change(Subscription subscription, SubscribePlan plan)
    {
        var channel = subscription.Cursor.Channel;
        if (plan.Patterns is { } added)
        {
            SetPatterns(subscription, [.. (subscription.Patterns ?? []).Union(added)]);
            var notice = Notice(subscription, new StartResolution(channel.Log.Epoch, subscription.Served, false, null, false), null);
            subscription.Cursor.Seek(new CursorSeek(null, notice));
            return new SubscribeResult { Subscription = notice };
        }

        subscription.Cursor.Interval = plan.Interval;
        var resolution = channel.Log.Resolve(plan.Start, channel.Family.StartsWithNewest);
        var again = Notice(subscription, resolution, null);
        subscription.Cursor.Seek(new CursorSeek(resolution.Served, again));
        GoOnIfRenewed(subscription.Cursor, resolution);
        return new SubscribeResult { Subscription = again };
    }

    // The channel may have begun anew between the look for a place to start and the start; its own orders came before ours then.
    private static void GoOnIfRenewed(Cursor cursor, StartResolution resolution)
    {
        if (cursor.Channel.Log.Epoch != resolution.Epoch)
        {
            cursor.Channel.GoOnLive(cursor, cursor.Channel.Log.WhyChanged(resolution.Epoch));
        }
    }

    private static Subscribed Notice(Subscription subscription, StartResolution resolution, int? unacknowledged) => new()
    {
        Id = subscription.Id,
        Channel = subscription.Cursor.Channel.Name,
        Epoch = resolution.Epoch,
        Sequence = resolution.Served,
        Recovered = resolution.Recovered,
        Reason = resolution.Reason,
        Clamped = resolution.Clamped ? true : null,
        Events = subscription.Patterns?.Select(p => p.Text).ToList(),
        Policy = subscription.Cursor.Terms.Policy.ToWireName(),
        Consumer = subscription.Consumer?.Name,
        Unacknowledged = unacknowledged,
    };

    private static ProtocolError Conflict(SubscribePlan plan, Subscription other) => ErrorCodes.SubscriptionConflict.With(
        $"{other.Cursor.Channel.Name} is subscribed with the id {other.Id}; a connection has one subscription per channel and one channel per id.",
        new FieldError("id", "The id or the channel is taken.", FieldError.Preview(plan.Id)));
}
