using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Cursors;

/// <summary>How far one reader of one channel has been served, and what it wants.</summary>
/// <remarks>
/// Only its reader moves it, by calling <see cref="MoveNext"/>; anyone may ask it to seek or to end. It holds offsets, no
/// frames: a reader that stands still costs this object, whatever is published meanwhile.
/// </remarks>
internal sealed partial class Cursor
{
    // Frames passed over by a filter in one call, before other cursors of the connection get their turn.
    private const int MaxFilteredPerCall = 1024;

    private static readonly TimeSpan SkipNoticeInterval = TimeSpan.FromSeconds(1);

    // How much sooner than wanted a frame of a publisher that is not quite regular may come.
    private static readonly TimeSpan MaxTolerance = TimeSpan.FromSeconds(1);

    // How long a reader keeps up on a coarser channel before it is given the finer one again.
    private static readonly TimeSpan RestoreAfter = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock;
    private long _served;
    private long _replayEnd;
    private long _holdEnd;
    private long _gapFrom;
    private string? _gapReason;
    private PendingSkip _skip;
    private long _lastSkipNotice;
    private bool _isDegraded;
    private Degraded? _degraded;
    private CursorSeek? _seek;
    private Unsubscribed? _end;
    private FrameFilter? _filter;
    private int _queued;
    private long _calmSince;
    private bool _isLadderBroken;
    private DateTimeOffset _due;
    private long _intervalTicks;
    private bool _hasDelivered;
    private bool _isCutOff;

    public Cursor(Channel channel, ICursorReader reader, CursorTerms terms, long served)
    {
        Channel = channel;
        Reader = reader;
        Terms = terms;
        _clock = channel.Clock;
        _filter = terms.Filter;
        _intervalTicks = terms.Interval.Ticks;
        _served = served;
        _replayEnd = channel.Log.Newest;
    }

    public Channel Channel { get; }

    public ICursorReader Reader { get; }

    public CursorTerms Terms { get; }

    /// <summary>The next cursor in its reader's list of woken ones. Used only by the reader.</summary>
    public Cursor? NextReady { get; set; }

    /// <summary>Its place in the channel's list of cursors. Used only under the channel's gate.</summary>
    public int ListIndex { get; set; } = -1;

    /// <summary>Everything up to this offset was delivered, announced as lost, or passed over on purpose.</summary>
    public long Served => Volatile.Read(ref _served);

    public long Lag => Math.Max(0, Channel.Log.Newest - Served);

    public bool IsOverLimit => !IsReplaying && Terms.Limits.AreExceeded(Served, Channel.Log);

    public bool IsDetached => Volatile.Read(ref _queued) < 0;

    /// <summary>Whether its reader has still to send it somewhere.</summary>
    public bool IsSeeking => Volatile.Read(ref _seek) is not null;

    public bool HasWork =>
        Served < Channel.Log.Newest || IsSeeking || IsCutOffUntold || Volatile.Read(ref _end) is not null
        || Served >= Channel.Log.EndOffset;

    /// <summary>Whether it has passed something over that its reader has not been told yet. Used only by the reader.</summary>
    public bool HasUntold => !_skip.IsEmpty || _gapReason is not null;

    public FrameFilter? Filter
    {
        get => Volatile.Read(ref _filter);
        set => Volatile.Write(ref _filter, value);
    }

    /// <summary>The least time between two frames that have a key; what comes sooner is skipped. Zero for all.</summary>
    public TimeSpan Interval
    {
        get => new(Volatile.Read(ref _intervalTicks));
        set => Volatile.Write(ref _intervalTicks, value.Ticks);
    }

    private bool IsCutOffUntold => Channel.IsCutOff != _isCutOff && Terms.Announces;

    private bool HasCoarser => !_isLadderBroken && Terms.Ladder is { } ladder && Terms.Rung + 1 < ladder.Count;

    // What was there when it started is no lag: its reader paces that, and gets all that is kept.
    private bool IsReplaying => Served < Volatile.Read(ref _replayEnd);

    /// <summary>What its reader has been granted, as it is now, for a place on the ladder.</summary>
    public CursorTerms TermsOn(int rung) => Terms with { Rung = rung, Interval = Interval };

    /// <summary>Claims the right to put it on its reader's list; false if it is there already or detached.</summary>
    public bool TryQueue() => Interlocked.CompareExchange(ref _queued, 1, 0) == 0;

    /// <summary>Says that it is off the list. The caller looks for work once more afterwards.</summary>
    public void Unqueue() => Interlocked.CompareExchange(ref _queued, 0, 1);

    /// <summary>Makes its reader forget it.</summary>
    public void Detach() => Interlocked.Exchange(ref _queued, -1);

    /// <summary>Gives its first order, before it is attached, without waking its reader.</summary>
    public void StartWith(CursorSeek seek) => Volatile.Write(ref _seek, seek);

    public void Seek(CursorSeek seek)
    {
        CursorSeek? earlier;
        do
        {
            earlier = Volatile.Read(ref _seek);
        }
        while (!ReferenceEquals(Interlocked.CompareExchange(ref _seek, seek.After(earlier), earlier), earlier));

        Reader.Wake(this);
    }

    public void End(Unsubscribed end)
    {
        Volatile.Write(ref _end, end);
        Reader.Wake(this);
    }

    /// <summary>Says that its reader cannot go to the sibling; it stays for good. Used only by the reader.</summary>
    public void StayHere() => _isLadderBroken = true;

    /// <summary>The append stamp of what comes next; the largest number if that is not a kept frame.</summary>
    public long NextStamp() =>
        IsSeeking ? 0 : Channel.Log.TryGet(_served + 1)?.Stamp ?? long.MaxValue;

    /// <summary>Takes one thing that was passed over or lost and not been told yet; null when all up to <see cref="Served"/> is told.</summary>
    public Delivery? TakeNotice() => Announce() ?? TakeSkip();

    /// <summary>Moves to the next thing that the reader has to be given.</summary>
    public Delivery MoveNext()
    {
        if (Volatile.Read(ref _seek) is { } seek)
        {
            return Start(seek);
        }

        if (IsCutOffUntold)
        {
            return TellCutOff();
        }

        var log = Channel.Log;
        for (var filtered = 0; filtered < MaxFilteredPerCall; filtered++)
        {
            if (Volatile.Read(ref _end) is not null || _served >= log.EndOffset)
            {
                return Finish();
            }

            var step = NextStep(log);
            _holdEnd = step.HoldEnd;
            switch (step.Kind)
            {
                case StepKind.Idle:
                    return CaughtUp();
                case StepKind.Disconnect:
                    return new Delivery(DeliveryKind.Disconnect);
                case StepKind.SkipSampled or StepKind.SkipConflated:
                    Degrade();
                    if ((Announce() ?? Withhold(step.UpTo, step.Kind is StepKind.SkipSampled ? SkipReasons.Sampled : SkipReasons.Conflated)) is { } notice)
                    {
                        return notice;
                    }

                    break;
                case StepKind.Coarsen:
                    return TakeNotice() ?? Coarsen();
                case StepKind.Deliver:
                    if ((Refine() ?? Deliver(log)) is { } delivery)
                    {
                        return delivery;
                    }

                    break;
                default:
                    if (Lose(step) is { } loss)
                    {
                        return loss;
                    }

                    break;
            }
        }

        return new Delivery(DeliveryKind.Yield);
    }

    private CursorStep NextStep(ChannelLog log)
    {
        // Most often one frame is waiting, and no policy has a say in that.
        var isNext = _holdEnd == 0 && log.Newest == _served + 1 && log.OldestKept <= _served + 1 && _gapReason is null;
        return isNext
            ? new CursorStep(StepKind.Deliver)
            : SlowConsumerRules.Next(IsReplaying ? SlowConsumerPolicy.Lossless : Terms.Policy, _served, _holdEnd, Terms.Limits, log, HasCoarser);
    }

    private Delivery Start(CursorSeek seek)
    {
        // Where it stays, what it has passed over is told before the notice, which speaks of what comes after.
        if (seek.Served is null && TakeNotice() is { } told)
        {
            return told;
        }

        if (!ReferenceEquals(Interlocked.CompareExchange(ref _seek, null, seek), seek))
        {
            return new Delivery(DeliveryKind.Yield);
        }

        if (seek.Served is not { } served)
        {
            return new Delivery(DeliveryKind.Subscribed, null, seek.Notice! with { Sequence = _served });
        }

        Volatile.Write(ref _replayEnd, Channel.Log.Newest);
        Volatile.Write(ref _served, served);
        _holdEnd = 0;
        _skip = default;
        _gapReason = null;
        _degraded = null;
        _isDegraded = false;
        _due = default;
        return seek.Notice is null ? new Delivery(DeliveryKind.Yield) : new Delivery(DeliveryKind.Subscribed, null, seek.Notice);
    }

    private Delivery? Deliver(ChannelLog log)
    {
        if (log.TryGet(_served + 1) is not { } frame)
        {
            return null;
        }

        // A frame of a later epoch may stand at the same offset; the order to go there was given before it was appended.
        if (IsSeeking)
        {
            return new Delivery(DeliveryKind.Yield);
        }

        if (frame.Excluded?.Contains(Reader.ConnectionId) == true)
        {
            Volatile.Write(ref _served, frame.Offset);
            return null;
        }

        if (Announce() is { } notice)
        {
            return notice;
        }

        if (Filter is { } filter && !filter.Matches(frame))
        {
            return Withhold(frame.Offset, SkipReasons.Filtered);
        }

        var interval = Interval;
        if (interval > TimeSpan.Zero && IsTooSoon(frame, log, interval))
        {
            return Withhold(frame.Offset, SkipReasons.Rate);
        }

        if (!_skip.IsEmpty && _clock.GetElapsedTime(_lastSkipNotice) >= SkipNoticeInterval)
        {
            return TakeSkip();
        }

        if (interval > TimeSpan.Zero && frame.ConflationKey is not null)
        {
            // Counted on from when it was due, so that an interval that the publisher just about keeps loses no frames to jitter.
            var at = TimeOf(frame);
            _due = (at - _due > interval ? at : _due) + interval;
        }

        _hasDelivered = true;
        Volatile.Write(ref _served, frame.Offset);
        return new Delivery(DeliveryKind.Frame, frame);
    }

    // Only states can come too soon, of which a newer one follows: what has no key is an event, and the last frame always comes.
    private bool IsTooSoon(Frame frame, ChannelLog log, TimeSpan interval) =>
        frame.ConflationKey is not null && frame.Offset != log.EndOffset && TimeOf(frame) + ToleranceOf(interval) < _due;

    private static TimeSpan ToleranceOf(TimeSpan interval) => interval / 4 < MaxTolerance ? interval / 4 : MaxTolerance;

    // What the publisher's schedule says, not how long making the frame took.
    private static DateTimeOffset TimeOf(Frame frame) => frame.Envelope!.Timestamp;
}
