using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Client.Subscriptions;

/// <summary>The subscriptions of one hub: puts them into every new session, and hands what the server pushes to the right one.</summary>
/// <remarks>
/// Thread-safe. Messages are handed on one at a time, also when a new session begins while a handler is still busy with
/// the last message of the old one; what the old one has left behind is dropped then, for the new one sends it again.
/// </remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "The semaphore has no wait handle to dispose, and late messages of a closed session still take it.")]
internal sealed class SubscriptionTable(ILogger logger, Action<Exception> report)
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, Subscription> _byId = [];
    private readonly Dictionary<string, Subscription> _byChannel = [];
    private HubSession? _active;

    public void Add(Subscription subscription)
    {
        lock (_gate)
        {
            if (!_byId.TryAdd(subscription.Id, subscription))
            {
                throw new InvalidOperationException(
                    $"There is already a subscription '{subscription.Id}' on this hub; unsubscribe it first, or use another client.");
            }
        }
    }

    /// <summary>Removes a subscription; false when it is not there any more.</summary>
    public bool Remove(Subscription subscription)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(subscription.Id, out var known) || known != subscription)
            {
                return false;
            }

            _byId.Remove(subscription.Id);
            foreach (var (channel, owner) in _byChannel)
            {
                if (owner == subscription)
                {
                    _byChannel.Remove(channel);
                }
            }

            return true;
        }
    }

    public IReadOnlyList<Subscription> TakeAll()
    {
        lock (_gate)
        {
            Subscription[] all = [.. _byId.Values];
            _byId.Clear();
            _byChannel.Clear();
            return all;
        }
    }

    public IReadOnlyList<Subscription> All()
    {
        lock (_gate)
        {
            return [.. _byId.Values];
        }
    }

    /// <summary>From here on only what this session pushes counts.</summary>
    public void Activate(HubSession session)
    {
        lock (_gate)
        {
            _active = session;
            _byChannel.Clear();
        }
    }

    /// <summary>Puts every subscription into a new session, except those that are just being made: their makers do it.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses one for now.</exception>
    public async Task ResumeAsync(HubSession session, CancellationToken cancellationToken)
    {
        foreach (var subscription in All().Where(s => s.TryReclaim(session)))
        {
            var error = await subscription.JoinAsync(session, cancellationToken).ConfigureAwait(false);
            if (error is { Retryable: true } && subscription.HasStarted && error.Code != ErrorCodes.JobNotFound.Code)
            {
                throw new ProtocolErrorException(error);
            }

            if (error is not null && Remove(subscription))
            {
                await subscription.EndAsync(error, new ProtocolErrorException(error)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Notes which channel a subscription's frames carry.</summary>
    public void Map(Subscription subscription, string channel)
    {
        lock (_gate)
        {
            if (_byId.GetValueOrDefault(subscription.Id) == subscription)
            {
                _byChannel[channel] = subscription;
            }
        }
    }

    /// <summary>Hands on one message. Completes when its handler has.</summary>
    public async ValueTask DispatchAsync(HubSession session, object message)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (IsActive(session))
            {
                await HandAsync(session, message).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private ValueTask HandAsync(HubSession session, object message) => message switch
    {
        FrameEnvelope frame => ByChannel(frame.Channel)?.OnFrameAsync(frame) ?? default,
        Skipped skipped => ByChannel(skipped.Channel)?.OnSkippedAsync(skipped) ?? default,
        Gap gap => ByChannel(gap.Channel)?.OnGapAsync(gap) ?? default,
        Degraded degraded => ByChannel(degraded.Channel)?.OnDegradedAsync(degraded) ?? default,
        Restored restored => ByChannel(restored.Channel)?.OnRestoredAsync(restored) ?? default,
        Subscribed subscribed => ById(subscribed.Id)?.OnSubscribedAsync(session, subscribed) ?? default,
        Unsubscribed unsubscribed => OnUnsubscribed(unsubscribed),
        Heartbeat heartbeat => OnHeartbeat(heartbeat),
        ErrorNotice notice => OnError(notice),
        _ => default,
    };

    private ValueTask OnHeartbeat(Heartbeat heartbeat)
    {
        foreach (var position in heartbeat.Positions)
        {
            if (ById(position.Id) is not { } subscription)
            {
                continue;
            }

            var before = subscription.Coverage.Totals().Missing;
            subscription.Coverage.Confirm(position.Epoch, position.Sequence, position.Newest);
            var missing = subscription.Coverage.Totals().Missing - before;
            if (missing > 0)
            {
                ClientLog.FramesMissing(logger, missing, position.Channel, position.Sequence);
            }
        }

        return default;
    }

    private ValueTask OnUnsubscribed(Unsubscribed unsubscribed) =>
        ById(unsubscribed.Id) is { } subscription && Remove(subscription) ? subscription.OnUnsubscribedAsync(unsubscribed) : default;

    private ValueTask OnError(ErrorNotice notice)
    {
        report(new ProtocolErrorException(notice.Error));
        return default;
    }

    private bool IsActive(HubSession session)
    {
        lock (_gate)
        {
            return _active == session;
        }
    }

    private Subscription? ById(string id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    private Subscription? ByChannel(string channel)
    {
        lock (_gate)
        {
            return _byChannel.GetValueOrDefault(channel);
        }
    }
}
