using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Engine.Subscriptions;

/// <summary>Subscribes connections to channels: what every hub's own subscribe methods end in.</summary>
/// <remarks>Thread-safe. Callers have validated and authorised what they ask for.</remarks>
public sealed partial class SubscriptionService
{
    private readonly ChannelDirectory _directory;
    private readonly EngineContext _engine;
    private readonly IChannelStore _store;

    internal SubscriptionService(ChannelDirectory directory, IChannelStore store, EngineContext engine)
    {
        _directory = directory;
        _store = store;
        _engine = engine;
    }

    /// <summary>Whether the connection can hold one more subscription; asked before authorisation.</summary>
    /// <returns>The refusal; null if there is room, or the channel is held already.</returns>
    public ProtocolError? CheckRoom(HubCallerContext connection, ChannelName channel)
    {
        var subscriptions = connection.Pump().Subscriptions;
        var max = _engine.Options.MaxSubscriptionsPerConnection;
        return subscriptions.Count < max || subscriptions.FindByChannel(channel.Value) is not null
            ? null
            : ErrorCodes.MaxSubscriptionsReached.With($"The connection holds {subscriptions.Count} subscriptions; {max} are allowed.") with
            {
                Details = new ErrorDetails { Limit = $"{max} subscriptions per connection" },
            };
    }

    /// <summary>How many channels of a family the connection is subscribed to, this one left out.</summary>
    public static int CountOthers(HubCallerContext connection, ChannelFamily family, ChannelName channel) =>
        connection.Pump().Subscriptions.Snapshot().Count(s => s.Cursor.Channel.Family == family && s.Cursor.Channel.Name != channel.Value);

    /// <summary>Subscribes, or changes the subscription that the connection has on the channel.</summary>
    public async ValueTask<SubscribeResult> SubscribeAsync(HubCallerContext connection, SubscribePlan plan)
    {
        try
        {
            if (await _store.OpenAsync(plan, connection.ConnectionAborted) is { } channel)
            {
                return Subscribe(connection.Pump(), channel, plan);
            }

            return Refused(ErrorCodes.ChannelLimit.With("The server holds as many channels as it may."));
        }
        catch (ChannelStoreUnavailableException exception)
        {
            return Refused(ErrorCodes.Unavailable.With(exception.Message));
        }
    }

    /// <summary>Puts an implicit subscription in the place of the connection's own on a channel; it goes on where that stood.</summary>
    public async ValueTask ReceiveAllAsync(HubCallerContext connection, SubscribePlan plan)
    {
        var channel = await _store.OpenAsync(plan.Channel, connection.ConnectionAborted);
        var pump = connection.Pump();
        if (pump.Subscriptions.FindByChannel(plan.Channel.Value) is { } existing)
        {
            if (existing.IsImplicit || !pump.Subscriptions.Remove(existing))
            {
                return;
            }

            plan = plan with { Start = new StartPoint(new StreamPosition(existing.Cursor.Channel.Log.Epoch, existing.Served)) };
        }

        if (channel is not null)
        {
            Start(pump, channel, plan, isResume: false);
        }
    }

    /// <summary>Sets a subscription back to a position.</summary>
    public SubscribeResult Resync(HubCallerContext connection, string? id, string? channel, StreamPosition from)
    {
        if (Find(connection, id, channel) is not { } subscription)
        {
            return Refused(ErrorCodes.SubscriptionNotFound.With($"The connection has no subscription {id ?? channel}."));
        }

        var log = subscription.Cursor.Channel.Log;
        var resolution = log.Resolve(new StartPoint(from), subscription.Cursor.Channel.Family.StartsWithNewest);
        var notice = Notice(subscription, resolution, null);
        subscription.Cursor.Seek(new CursorSeek(resolution.Served, notice));
        GoOnIfRenewed(subscription.Cursor, resolution);
        return new SubscribeResult { Subscription = notice };
    }

    /// <summary>Ends a subscription by the subscriber's id.</summary>
    public bool Unsubscribe(HubCallerContext connection, string id)
    {
        var subscriptions = connection.Pump().Subscriptions;
        return subscriptions.Find(id) is { } subscription && subscriptions.Remove(subscription);
    }

    /// <summary>Removes patterns from the subscription on a channel, keeping it: with none left nothing is delivered.</summary>
    /// <returns>The patterns that were really removed; null if the channel is not subscribed.</returns>
    public IReadOnlyList<string>? RemovePatterns(HubCallerContext connection, ChannelName channel, IReadOnlyList<EventPattern> patterns)
    {
        if (connection.Pump().Subscriptions.FindByChannel(channel.Value) is not { IsImplicit: false, Patterns: { } held } subscription)
        {
            return null;
        }

        var removed = held.Where(patterns.Contains).ToList();
        SetPatterns(subscription, [.. held.Except(removed)]);
        return [.. removed.Select(p => p.Text)];
    }

    /// <summary>The patterns of the subscription on a channel; null if it has none or the channel is not subscribed.</summary>
    public IReadOnlyList<string>? Patterns(HubCallerContext connection, ChannelName channel) =>
        connection.Pump().Subscriptions.FindByChannel(channel.Value) is { IsImplicit: false, Patterns: { } held } ? [.. held.Select(p => p.Text)] : null;

    /// <summary>What the subscription on a channel lets through; null for everything, or without a subscription.</summary>
    public FrameFilter? FilterOf(HubCallerContext connection, ChannelName channel) =>
        connection.Pump().Subscriptions.FindByChannel(channel.Value)?.Cursor.Filter;

    /// <summary>Ends every subscription on a channel that a test picks, and tells its client why.</summary>
    public static void End(Channel channel, Func<string, bool> isConnectionMeant, ProtocolError error)
    {
        foreach (var cursor in channel.Cursors())
        {
            if (isConnectionMeant(cursor.Reader.ConnectionId))
            {
                cursor.End(new Unsubscribed(cursor.Terms.Id, channel.Name, channel.Log.Epoch, cursor.Served, error.Code, error));
            }
        }
    }

    /// <summary>The channel of a subscription; null if the connection has no such.</summary>
    public string? ChannelOf(HubCallerContext connection, string? id, string? channel) =>
        (id ?? channel) is null ? null : Find(connection, id, channel)?.Cursor.Channel.Name;

    /// <summary>Asks anew for everything that a connection reads, and ends what is no longer allowed.</summary>
    /// <param name="features">The connection's features.</param>
    /// <param name="judge">The refusal of a channel; null if it may be read.</param>
    /// <returns>The channels that were ended.</returns>
    public static async Task<IReadOnlyList<string>> RecheckAsync(IFeatureCollection features, Func<ChannelName, ValueTask<ProtocolError?>> judge)
    {
        if (features.Get<ConnectionPump>() is not { } pump)
        {
            return [];
        }

        var ended = new List<string>();
        Cursor[] cursors = [.. pump.Subscriptions.Snapshot().Select(s => s.Cursor), .. pump.Streams.Snapshot()];
        foreach (var group in cursors.GroupBy(c => c.Channel))
        {
            var isName = ChannelName.TryParse(group.Key.Name, out var name, out _);
            var error = isName ? await judge(name) : ErrorCodes.ChannelForbidden.With("The channel may no longer be read.");
            if (error is not null)
            {
                ended.Add(group.Key.Name);
                End(group.Key, id => id == pump.ConnectionId, error);
            }
        }

        return ended;
    }

    private static Subscription? Find(HubCallerContext connection, string? id, string? channel)
    {
        var subscriptions = connection.Pump().Subscriptions;
        return id is not null ? subscriptions.Find(id) : subscriptions.FindByChannel(channel!);
    }

    private static SubscribeResult Refused(ProtocolError error) => new() { Error = error };

    private static void SetPatterns(Subscription subscription, IReadOnlyList<EventPattern> patterns)
    {
        subscription.Patterns = patterns;
        var filter = new FrameFilter(patterns, subscription.Tags);
        subscription.Cursor.Filter = filter;
        if (subscription.Consumer is { } consumer)
        {
            subscription.Cursor.Channel.Acks?.Refilter(consumer, filter);
        }
    }
}
