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
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ChannelName, GovernedChannel> _running = new();
    private readonly PolicyStore _policies;
    private readonly CareDecider _decider;
    private readonly IChannelStore _store;
    private readonly ChannelDirectory _directory;
    private readonly TimeProvider _clock;
    private readonly ILogger<GovernedChannels> _logger;
    private readonly CancellationTokenSource _stopping = new();

    public GovernedChannels(PolicyStore policies, CareDecider decider, IChannelStore store, ChannelDirectory directory, TimeProvider clock, ILogger<GovernedChannels> logger)
    {
        (_policies, _decider, _store, _directory, _clock, _logger) = (policies, decider, store, directory, clock, logger);
        _policies.Changed += DecideAgain;
    }

    /// <summary>Called after a new policy made another decision on a running channel; what was shown is forgotten by then. Must not block.</summary>
    public event Action<Redecision>? Redecided;

    /// <summary>Takes a derived channel up, before the first frame; the same again while it runs gives the running one.</summary>
    /// <param name="name">Its name, which contains the decision's <see cref="CareDecision.ContentKey"/>.</param>
    /// <param name="request">A request that led to it; any of equal content.</param>
    /// <param name="delivered">The points that its frames show, where these are not exactly the ones that the request covers.</param>
    /// <param name="cancellationToken">Ends the wait for a store that is elsewhere.</param>
    /// <returns>What to publish through; null if the node holds as many channels as it may, or nothing may be shown any more.</returns>
    /// <exception cref="ChannelStoreUnavailableException">The store is away, and nothing is known of the channel here.</exception>
    public async ValueTask<GovernedChannel?> RunAsync(ChannelName name, CareRequest request, GridWindow? delivered = null, CancellationToken cancellationToken = default)
    {
        if (_running.TryGetValue(name, out var running))
        {
            return running;
        }

        if (await _store.OpenAsync(name, cancellationToken) is null)
        {
            return null;
        }

        // Decided with the channel already known, so that a policy that changes meanwhile finds it.
        var added = _running.GetOrAdd(name, n => new GovernedChannel(n, request, delivered, _store));
        CareDecision decision;
        lock (added)
        {
            if (added.Decision is not null)
            {
                return added;
            }

            decision = _decider.DecideContent(request);
            added.Decision = decision;
        }

        if (decision.IsAllowed && await RenewAsync(added, decision, cancellationToken) is { } epoch)
        {
            lock (added)
            {
                if (ReferenceEquals(added.Decision, decision))
                {
                    added.Grant = new CareGrant(decision, epoch);
                }

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
                channel.Decision = null;
            }
        }
    }

    public void Dispose()
    {
        _policies.Changed -= DecideAgain;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    // Frames of an earlier life of a server may stand in a store that is elsewhere: what was shown by another mask is not shown again.
    private async ValueTask<string?> RenewAsync(GovernedChannel channel, CareDecision decision, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.RenewAsync(channel.Name, RecoveryReasons.PolicyChanged, VersionOf(channel, decision), cancellationToken);
        }
        catch
        {
            Stop(channel.Name);
            throw;
        }
    }

    private static string VersionOf(GovernedChannel channel, CareDecision decision) =>
        decision.IsAllowed ? $"{decision.ContentKey} {decision.Mask!.Key(channel.Delivered)}" : $"denied by {decision.PolicyVersion}";

    private void DecideAgain(PolicyDocument policy)
    {
        foreach (var channel in _running.Values)
        {
            Redecision? other;
            lock (channel)
            {
                other = DecideAgain(channel);
            }

            Tell(other);
        }
    }

    private void Tell(Redecision? other)
    {
        if (other is not null)
        {
            Redecided?.Invoke(other);
        }
    }

    // Returns what there is to tell already. Nothing is published from here on until the new epoch is there; this node's readers see nothing of the old one any more at once.
    private Redecision? DecideAgain(GovernedChannel channel)
    {
        if (channel.Decision is not { } before)
        {
            return null;
        }

        var after = _decider.DecideContent(channel.Request);
        if (channel.Grant is { } grant && after.IsAllowed && after.ContentKey == before.ContentKey && after.Mask.Key(channel.Delivered) == before.Mask!.Key(channel.Delivered))
        {
            // The same is shown; only the version that says so is another one.
            channel.Decision = after;
            channel.Grant = grant with { Decision = after };
            return null;
        }

        PolicyLog.DecisionChanged(_logger, channel.Request.Kind, before.Outcome, after.Outcome, after.DecisionId);
        channel.Grant = null;
        channel.Decision = after;
        var renewing = RenewAsync();
        if (renewing.IsCompletedSuccessfully)
        {
            GoOn(channel, after, renewing.Result);
            return Other();
        }

        if (!after.IsAllowed)
        {
            GoOn(channel, after, null);
            _ = GoOnLaterAsync(channel, null, after, renewing, RenewAsync);
            return Other();
        }

        _ = GoOnLaterAsync(channel, before, after, renewing, RenewAsync);
        return null;

        Redecision Other() => new(channel.Name, before, after, channel.Grant is not null);

        Task<string?> RenewAsync() => _store.RenewAsync(channel.Name, RecoveryReasons.PolicyChanged, VersionOf(channel, after), _stopping.Token).AsTask();
    }

    // A store that is away is asked again until it has begun the new epoch, or a later decision counts. Without the decision before there is nothing to tell.
    private async Task GoOnLaterAsync(GovernedChannel channel, CareDecision? before, CareDecision after, Task<string?> renewing, Func<Task<string?>> renew)
    {
        while (true)
        {
            try
            {
                var epoch = await renewing;
                Redecision? other = null;
                lock (channel)
                {
                    if (ReferenceEquals(channel.Decision, after))
                    {
                        GoOn(channel, after, epoch);
                        other = before is null ? null : new Redecision(channel.Name, before, after, channel.Grant is not null);
                    }
                }

                Tell(other);
                return;
            }
            catch (ChannelStoreUnavailableException)
            {
                PolicyLog.RenewalDelayed(_logger, channel.Name.Value);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await Task.Delay(Again, _clock, _stopping.Token);
                if (!ReferenceEquals(channel.Decision, after))
                {
                    return;
                }

                renewing = renew();
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    // Called with the channel locked.
    private void GoOn(GovernedChannel channel, CareDecision after, string? renewed)
    {
        if (after.IsAllowed && renewed is not null)
        {
            channel.Grant = new CareGrant(after, renewed);
            return;
        }

        _running.TryRemove(channel.Name, out _);
        if (!after.IsAllowed && _directory.TryGet(channel.Name, out var found))
        {
            SubscriptionService.End(found, _ => true, after.Refusal);
        }
    }
}
