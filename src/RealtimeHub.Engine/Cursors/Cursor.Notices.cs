using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Cursors;

// What is told about frames that are lost or withheld, and when.
internal sealed partial class Cursor
{
    private Delivery TellCutOff()
    {
        _isCutOff = Channel.IsCutOff;
        return _isCutOff
            ? new Delivery(DeliveryKind.Degraded, null, new Degraded(Channel.Name, DegradedReasons.StoreUnavailable, Terms.Policy.ToWireName(), Lag))
            : new Delivery(DeliveryKind.Restored, null, new Restored(Channel.Name, _served));
    }

    // The order of what is told: what was passed over before, that the policy acts, what is lost, the frame.
    private Delivery? Announce()
    {
        if (!Terms.Announces)
        {
            return null;
        }

        if (_degraded is not null || _gapReason is not null)
        {
            if (TakeSkip() is { } skipped)
            {
                return skipped;
            }

            if (Interlocked.Exchange(ref _degraded, null) is { } degraded)
            {
                return new Delivery(DeliveryKind.Degraded, null, degraded);
            }

            var gap = new Gap(Channel.Name, Channel.Log.Epoch, _gapFrom, _served, _served - _gapFrom + 1, _gapReason!);
            _gapReason = null;
            Channel.CountLost(gap.Count);
            return new Delivery(DeliveryKind.Gap, null, gap);
        }

        return null;
    }

    private Delivery? TakeSkip()
    {
        if (_skip.IsEmpty)
        {
            return null;
        }

        _lastSkipNotice = _clock.GetTimestamp();
        return new Delivery(DeliveryKind.Skipped, null, _skip.Take(Channel));
    }

    // Null when the frames are booked; else what has to be told before they can be.
    private Delivery? Withhold(long upTo, string reason)
    {
        if (_gapReason is not null || (!_skip.IsEmpty && _skip.Reason != reason))
        {
            return TakeNotice();
        }

        _skip.Add(_served + 1, upTo, reason);
        Volatile.Write(ref _served, upTo);
        return null;
    }

    private Delivery? Lose(CursorStep step)
    {
        var reason = step.Kind switch
        {
            StepKind.LoseOldest => GapReasons.DropOldest,
            StepKind.LoseNewest => GapReasons.DropNewest,
            _ => GapReasons.Expired,
        };
        if (_gapReason is not null && _gapReason != reason && Announce() is { } notice)
        {
            return notice;
        }

        if (step.Kind is not StepKind.LoseExpired)
        {
            Degrade();
        }

        _gapFrom = _gapReason is null ? _served + 1 : _gapFrom;
        _gapReason = reason;
        Volatile.Write(ref _served, step.UpTo);
        return null;
    }

    private void Degrade()
    {
        _calmSince = 0;
        if (!_isDegraded)
        {
            _isDegraded = true;
            _degraded = new Degraded(Channel.Name, RecoveryReasons.SlowConsumer, Terms.Policy.ToWireName(), Lag);
            Channel.SubscriberDegraded(this);
        }
    }

    private Delivery Coarsen()
    {
        var (from, to) = (Terms.Ladder!.NameOf(Terms.Rung), Terms.Ladder.NameOf(Terms.Rung + 1));
        if (!_isDegraded)
        {
            _isDegraded = true;
            Channel.SubscriberDegraded(this);
        }

        return new Delivery(DeliveryKind.Coarsened, null, new Degraded(Channel.Name, RecoveryReasons.SlowConsumer, Terms.Policy.ToWireName(), Lag)
        {
            From = from,
            To = to,
            Position = new StreamPosition(Channel.Log.Epoch, _served),
        });
    }

    // Null where it is not on a coarser channel, or has not kept up there for long enough.
    private Delivery? Refine()
    {
        if (Terms.Rung == 0 || _isLadderBroken || _calmSince == 0 || _isDegraded || _clock.GetElapsedTime(_calmSince) < RestoreAfter)
        {
            return null;
        }

        var (from, to) = (Terms.Ladder!.NameOf(Terms.Rung), Terms.Ladder.NameOf(Terms.Rung - 1));
        return TakeNotice() ?? new Delivery(DeliveryKind.Refined, null, new Restored(Channel.Name, _served)
        {
            From = from,
            To = to,
            Position = new StreamPosition(Channel.Log.Epoch, _served),
        });
    }

    private Delivery CaughtUp()
    {
        // Where no frame came yet, nothing says that its reader keeps up.
        if (_calmSince == 0 && _hasDelivered)
        {
            _calmSince = Math.Max(1, _clock.GetTimestamp());
        }

        if (Announce() is { } notice)
        {
            return notice;
        }

        if (_isDegraded)
        {
            _isDegraded = false;
            return new Delivery(DeliveryKind.Restored, null, new Restored(Channel.Name, _served));
        }

        return default;
    }

    private Delivery Finish()
    {
        if (TakeNotice() is { } notice)
        {
            return notice;
        }

        var end = Volatile.Read(ref _end) ?? new Unsubscribed(Terms.Id, Channel.Name, Channel.Log.Epoch, _served, EndReasons.Completed);
        return new Delivery(DeliveryKind.Ended, null, end with { Sequence = _served });
    }
}
