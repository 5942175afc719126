using RealtimeHub.Engine.Acks;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Channels;

/// <summary>A log and the cursors into it. Appending fans out: every cursor's reader is told that there is more.</summary>
/// <remarks>
/// Thread-safe. Fan-out holds no lock while it wakes readers, and waking never waits. Governed channels fan out on a thread
/// of the pool, so that a burst of appends is one round and no publisher pays for the readers; raw hub sends fan out on
/// the sender's thread, which keeps their order across logs.
/// </remarks>
public sealed partial class Channel : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly List<Cursor> _cursors = [];
    private readonly EngineMetrics _metrics;
    private Cursor[]? _snapshot = [];
    private int _fanOutScheduled;

    // Of raw sends. Wrong values of a race only choose when bytes are flushed.
    private long _fanOutEnd;
    private TimeSpan _fanOutTime;

    internal Channel(string name, ChannelFamily family, TimeProvider clock, EngineMetrics metrics, AckOptions? acks = null)
    {
        Name = name;
        Family = family;
        Clock = clock;
        _metrics = metrics;
        Log = new ChannelLog(family.Retention, clock, family.DeduplicatesEventIds);
        Acks = acks is null ? null : new AckBook(this, acks);
        LastUsed = clock.GetUtcNow();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it has in common with its kind.</summary>
    public ChannelFamily Family { get; }

    /// <summary>Its frames.</summary>
    public ChannelLog Log { get; }

    /// <summary>How many subscriptions and streams read it.</summary>
    public int CursorCount
    {
        get
        {
            lock (_gate)
            {
                return _cursors.Count;
            }
        }
    }

    /// <summary>The shortest time between frames that one of its readers wants; zero where one wants all, null without readers.</summary>
    public TimeSpan? ShortestInterval
    {
        get
        {
            TimeSpan? shortest = null;
            foreach (var cursor in Cursors())
            {
                shortest = shortest is { } known && known <= cursor.Interval ? known : cursor.Interval;
            }

            return shortest;
        }
    }

    internal TimeProvider Clock { get; }

    internal AckBook? Acks { get; }

    internal IdempotencyWindow Idempotency { get; } = new();

    internal DateTimeOffset LastUsed { get; private set; }

    /// <summary>What the present epoch was made by, where somebody said so. Used only under the lock of the store.</summary>
    internal string? Version { get; set; }

    /// <summary>Called with the first cursor. Must not block or call back.</summary>
    internal Action<Channel>? Watched { get; init; }

    /// <summary>Whether the store is away: readers are told that what they see may be behind.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Reads kept frames from an offset on, oldest or newest first.</summary>
    public IReadOnlyList<FrameEnvelope> ReadHistory(long from, int limit, bool isDescending) =>
        [.. Log.Read(from, limit, isDescending).Select(f => f.Envelope!)];

    /// <summary>One frame, if it is still kept.</summary>
    public Frame? TryRead(long offset) => Log.TryGet(offset);

    /// <summary>Fans out, on a thread of the pool.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Exchange(ref _fanOutScheduled, 0);
        FanOut(isBurst: false);
    }

    /// <summary>Appends what a publisher says; the caller fans out when its batch is complete.</summary>
    internal Frame Append(Envelope envelope, out bool duplicate)
    {
        if (Family.IsGoverned && envelope.Governance is null)
        {
            throw new InvalidOperationException($"Frames of {Family.Name} carry governance; this envelope has none.");
        }

        var frame = Log.Append(Name, Family.Target, envelope, out duplicate);
        LastUsed = frame.Place.AppendedAt;
        if (!duplicate)
        {
            _metrics.Published();
            if (envelope.RequiresAck)
            {
                Acks?.OnAppended(frame);
            }
        }

        return frame;
    }

    /// <summary>Appends a raw hub send and fans out at once.</summary>
    internal void AppendRaw(EncodedSend send, IReadOnlySet<string>? excluded)
    {
        var frame = Log.Append(send, excluded);

        // A publisher that comes back sooner than its last fan-out took does nothing but publish.
        var start = Clock.GetTimestamp();
        var served = FanOut(isBurst: Clock.GetElapsedTime(_fanOutEnd, start) < _fanOutTime);
        _fanOutEnd = Clock.GetTimestamp();
        _fanOutTime = Clock.GetElapsedTime(start, _fanOutEnd);

        // No further than this frame: who joined after it was not asked.
        Log.Trim(Math.Min(frame.Offset, served));
    }

    internal void ScheduleFanOut()
    {
        if (Interlocked.Exchange(ref _fanOutScheduled, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Ends the channel with the newest frame: readers end when they have passed it.</summary>
    internal void Complete()
    {
        Log.End();
        ScheduleFanOut();
    }

    /// <summary>Begins a new epoch: what was kept is gone, and every reader goes on live and is told why.</summary>
    /// <remarks>The caller keeps appends away meanwhile.</remarks>
    internal void Renew(string reason)
    {
        if (Acks is not null)
        {
            throw new InvalidOperationException($"{Name} has frames that wait for acknowledgement; it cannot begin anew.");
        }

        Log.Renew(reason);
        foreach (var cursor in Cursors())
        {
            GoOnLive(cursor, reason);
        }
    }

    internal void Touch() => LastUsed = Clock.GetUtcNow();

    /// <summary>Sends a reader to the newest frame of the present epoch.</summary>
    internal void GoOnLive(Cursor cursor, string reason)
    {
        var position = Log.Position;
        cursor.Seek(new CursorSeek(position.Offset, new Subscribed
        {
            Id = cursor.Terms.Id,
            Channel = Name,
            Epoch = position.Epoch,
            Sequence = position.Offset,
            Recovered = false,
            Reason = reason,
            Policy = cursor.Terms.Policy.ToWireName(),
        }));
    }

    /// <summary>Attaches a new cursor that begins with the next append: a fan-out that does not see it is of a frame before.</summary>
    internal Cursor AttachLive(ICursorReader reader, CursorTerms terms)
    {
        Cursor cursor;
        lock (_gate)
        {
            cursor = new Cursor(this, reader, terms, Log.Newest);
            Add(cursor);
        }

        WakeIfBehind(cursor);
        return cursor;
    }

    internal void Attach(Cursor cursor)
    {
        AttachAsleep(cursor);
        WakeIfBehind(cursor);
    }

    internal static void WakeIfBehind(Cursor cursor)
    {
        if (cursor.HasWork)
        {
            cursor.Reader.Wake(cursor);
        }
    }

    /// <summary>Attaches a cursor whose reader the caller wakes, once it holds no lock.</summary>
    internal void AttachAsleep(Cursor cursor)
    {
        lock (_gate)
        {
            Add(cursor);
        }
    }

    internal void Detach(Cursor cursor)
    {
        lock (_gate)
        {
            if (cursor.ListIndex < 0)
            {
                return;
            }

            var last = _cursors[^1];
            _cursors[cursor.ListIndex] = last;
            last.ListIndex = cursor.ListIndex;
            _cursors.RemoveAt(_cursors.Count - 1);
            cursor.ListIndex = -1;
            _snapshot = null;
        }

        cursor.Detach();
    }

    /// <summary>The cursors as they are now.</summary>
    internal Cursor[] Cursors()
    {
        lock (_gate)
        {
            return _snapshot ??= [.. _cursors];
        }
    }

    internal void CountLost(long frames) => _metrics.Lost(frames);

    internal void SubscriberDegraded(Cursor cursor) => _metrics.Degraded(cursor);

    // Called with the gate held.
    private void Add(Cursor cursor)
    {
        cursor.ListIndex = _cursors.Count;
        _cursors.Add(cursor);
        _snapshot = null;
        LastUsed = Clock.GetUtcNow();
        if (_cursors.Count == 1)
        {
            Watched?.Invoke(this);
        }
    }

    // Returns the offset up to which every reader is served.
    private long FanOut(bool isBurst)
    {
        var served = long.MaxValue;
        foreach (var cursor in Cursors())
        {
            // A reader whose write is stuck does not move its cursors; only here is it seen to be over its limit.
            if (cursor.Terms.Policy is SlowConsumerPolicy.Disconnect && cursor.IsOverLimit)
            {
                cursor.Reader.Close(CloseReasons.SlowConsumer, $"More than {cursor.Terms.Limits.Frames} frames or {cursor.Terms.Limits.Bytes} bytes were waiting on {Name}.");
            }
            else
            {
                cursor.Reader.Wake(cursor, isBurst);
            }

            served = Math.Min(served, cursor.Served);
        }

        return served;
    }
}
