using System.Collections.Concurrent;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Policy;

/// <summary>The running derived channels, each with the decision that its content is made by. A new policy decides on all of them again.</summary>
/// <remarks>Thread-safe. Publish only through here: what was made under an earlier decision is refused, never shown.</remarks>
internal sealed class GovernedChannels : IDisposable
{
    private readonly ConcurrentDictionary<ChannelName, GovernedChannel> _running = new();
    private readonly PolicyStore _policies;
    private readonly CareDecider _decider;
    private readonly IChannelStore _store;
    private readonly ChannelDirectory _directory;
    private readonly ILogger<GovernedChannels> _logger;

    public GovernedChannels(PolicyStore policies, CareDecider decider, IChannelStore store, ChannelDirectory directory, ILogger<GovernedChannels> logger)
    {
        (_policies, _decider, _store, _directory, _logger) = (policies, decider, store, directory, logger);
        _policies.Changed += DecideAgain;
    }

    /// <summary>Called when a running channel is decided on otherwise than before: its name, then both decisions.</summary>
    public event Action<ChannelName, CareDecision, CareDecision>? DecisionChanged;
    /// <summary>Called after a new policy made another decision on a running channel, with whether anything is shown of it. What was shown is forgotten by then. Must not block.</summary>
    public event Action<ChannelName, bool>? Redecided;

    /// <summary>Takes a derived channel up, before the first frame; the same again while it runs gives the running one.</summary>
    /// <param name="name">Its name, which contains the decision's <see cref="CareDecision.ContentKey"/>.</param>
    /// <param name="request">A request that led to it; any of equal content.</param>
    /// <param name="delivered">The points that its frames show, where these are not exactly the ones that the request covers.</param>
    /// <returns>What to publish through; null if the node holds as many channels as it may, or nothing may be shown any more.</returns>
    public GovernedChannel? Run(ChannelName name, CareRequest request, GridWindow? delivered = null)
    {
        if (_running.TryGetValue(name, out var running))
        {
            return running;
        }

        if (!_directory.TryGetOrAdd(name, out var channel))
        {
            return null;
        }

        var added = _running.GetOrAdd(name, n => new GovernedChannel(n, request, delivered, _store));
        lock (added)
        {
            // Decided with the channel already known, so that a policy that changes meanwhile finds it.
            var decision = _decider.DecideContent(request);
            if (decision.IsAllowed)
            {
                added.Grant ??= new CareGrant(decision, channel.Log.Epoch);
                return added;
            }
        }

        Stop(name);
        return null;
    }

    /// <summary>The decision in force on a channel, once one that is being taken is.</summary>
    public static CareGrant? GrantOf(GovernedChannel channel)
    {
        lock (channel)
        {
            return channel.Grant;
        }
    }

    /// <summary>Gives a channel up that has no readers left.</summary>
    public void Stop(ChannelName name)
    {
        if (_running.TryRemove(name, out var channel))
        {
            lock (channel)
            {
                channel.Grant = null;
            }
        }
    }

    public void Dispose() => _policies.Changed -= DecideAgain;

    private void DecideAgain(PolicyDocument policy)
    {
        foreach (var channel in _running.Values)
        {
            bool isOther, isShown;
            lock (channel)
            {
                (isOther, isShown) = (DecideAgain(channel), channel.Grant is not null);
            }

            if (isOther)
            {
                Redecided?.Invoke(channel.Name, isShown);
            }
        }
    }

    // In memory renewing completes at once; a store that is elsewhere is waited for, because nothing may be shown before it has.
    private bool DecideAgain(GovernedChannel channel)
    {
        if (channel.Grant is not { } before)
        {
            return false;
        }

        var after = _decider.DecideContent(channel.Request);
        if (after.IsAllowed && after.ContentKey == before.Decision.ContentKey && after.Mask.Key(channel.Delivered) == before.Decision.Mask!.Key(channel.Delivered))
        {
            // The same is shown; only the version that says so is another one.
            channel.Grant = before with { Decision = after };
            return false;
        }

        PolicyLog.DecisionChanged(_logger, channel.Request.Kind, before.Decision.Outcome, after.Outcome, after.DecisionId);
        DecisionChanged?.Invoke(channel.Name, before.Decision, after);
        channel.Grant = null;
        var renewed = _store.RenewAsync(channel.Name, RecoveryReasons.PolicyChanged).AsTask().GetAwaiter().GetResult();
        if (after.IsAllowed && renewed is not null)
        {
            channel.Grant = new CareGrant(after, renewed);
            return true;
        }

        _running.TryRemove(channel.Name, out _);
        if (!after.IsAllowed && _directory.TryGet(channel.Name, out var found))
        {
            SubscriptionService.End(found, _ => true, after.Refusal);
        }

        return true;
    }
}
