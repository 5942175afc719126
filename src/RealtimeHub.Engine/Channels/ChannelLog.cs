using System.Security.Cryptography;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Engine.Channels;

/// <summary>The offset counter plus the replay ring of one channel: named life (epoch), ordered, bounded.</summary>
/// <remarks>
/// Thread-safe. Appending, trimming and resolving a start take the gate; reading a frame does not, so that a thousand pumps
/// read side by side. The position outlives the frames.
/// </remarks>
public sealed partial class ChannelLog : ILagIndex
{
    private const int SmallestRing = 16;
    private const int EarlierEpochs = 16;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly RetentionLimits _retention;
    private readonly Dictionary<string, Frame>? _byEventId;
    private readonly List<(string Epoch, string Reason)> _earlier = [];
    private volatile string _epoch;
    private Dictionary<string, Frame>? _newestByKey;
    private Frame?[] _ring = [];
    private long _newest;
    private long _oldest = 1;
    private long _bytesAppended;
    private long _endOffset = long.MaxValue;

    /// <summary>Starts an empty log with a new epoch.</summary>
    /// <param name="retention">How much it keeps.</param>
    /// <param name="clock">Gives the time of each append.</param>
    /// <param name="deduplicatesEventIds">Whether kept event ids are looked up on append.</param>
    public ChannelLog(RetentionLimits retention, TimeProvider clock, bool deduplicatesEventIds = false)
    {
        _retention = retention;
        _clock = clock;
        _byEventId = deduplicatesEventIds ? [] : null;
        _epoch = NewEpoch();
    }

    /// <summary>The identity of this life of the log.</summary>
    public string Epoch => _epoch;

    /// <summary>The newest offset; 0 before the first frame.</summary>
    public long Newest => Volatile.Read(ref _newest);

    /// <summary>The oldest offset kept; one above <see cref="Newest"/> when none is.</summary>
    public long OldestKept => Volatile.Read(ref _oldest);

    /// <summary>The offset of the frame that ended the channel; the largest number while it goes on.</summary>
    public long EndOffset => Volatile.Read(ref _endOffset);

    /// <summary>Where it stands.</summary>
    public StreamPosition Position => new(Epoch, Newest);

    /// <summary>How many bytes are kept.</summary>
    public long BytesKept
    {
        get
        {
            lock (_gate)
            {
                return _oldest > _newest ? 0 : _bytesAppended - _ring[_oldest & (_ring.Length - 1)]!.Place.BytesBefore;
            }
        }
    }

    /// <summary>When the newest frame that is no longer kept was appended. Used only while a start is resolved.</summary>
    internal DateTimeOffset? NewestDroppedAt { get; private set; }

    /// <summary>Gives an envelope its place, unless its event id is still kept.</summary>
    /// <param name="channel">The channel's name, for the wire.</param>
    /// <param name="target">The client method that it invokes.</param>
    /// <param name="envelope">What is published.</param>
    /// <param name="duplicate">Whether the returned frame is an earlier one with the same event id.</param>
    internal Frame Append(string channel, string target, Envelope envelope, out bool duplicate)
    {
        lock (_gate)
        {
            if (_byEventId is not null && _byEventId.TryGetValue(envelope.EventId, out var earlier))
            {
                duplicate = true;
                return earlier;
            }

            duplicate = false;
            var frame = new Frame(Place(envelope, channel), target, envelope.ConflationKey, NextPlace());
            Add(frame);
            _byEventId?.Add(envelope.EventId, frame);
            Supersede(frame);
            return frame;
        }
    }

    /// <summary>Appends a raw hub send.</summary>
    internal Frame Append(EncodedSend send, IReadOnlySet<string>? excluded)
    {
        lock (_gate)
        {
            var frame = new Frame(send, excluded, NextPlace());
            Add(frame);
            return frame;
        }
    }

    /// <summary>Whether a frame with this event id is kept, where event ids are looked up.</summary>
    internal bool Holds(string eventId)
    {
        lock (_gate)
        {
            return _byEventId?.ContainsKey(eventId) == true;
        }
    }

    /// <summary>Begins a new epoch and forgets every frame, because what was kept may not be shown any more. Offsets go on.</summary>
    /// <param name="reason">What a reader is told that comes with a position of an earlier epoch.</param>
    internal void Renew(string reason)
    {
        lock (_gate)
        {
            Forget();
            Remember(_epoch, reason);
            _epoch = NewEpoch();
        }
    }

    /// <summary>Why a position of another epoch cannot be resumed from.</summary>
    internal string WhyChanged(string epoch)
    {
        lock (_gate)
        {
            return _earlier.Find(e => e.Epoch == epoch).Reason ?? RecoveryReasons.EpochChanged;
        }
    }

    /// <summary>Marks the newest frame as the last: readers end when they have passed it.</summary>
    internal void End() => Volatile.Write(ref _endOffset, Newest);

    /// <summary>Takes the frame at an offset, if it is still kept.</summary>
    internal Frame? TryGet(long offset)
    {
        // The array is published after it is filled and a slot is only ever replaced by a later frame, so that a
        // frame with the right offset is the frame, whatever happens meanwhile.
        var ring = Volatile.Read(ref _ring);
        if (ring.Length == 0)
        {
            return null;
        }

        var frame = Volatile.Read(ref ring[offset & (ring.Length - 1)]);
        return frame is not null && frame.Offset == offset && offset >= OldestKept ? frame : null;
    }

    /// <summary>Turns a wish into a place to start.</summary>
    internal StartResolution Resolve(StartPoint start, bool startsWithNewest)
    {
        lock (_gate)
        {
            return StartResolution.Of(start, startsWithNewest, this);
        }
    }

    /// <summary>The first offset appended at or after a time; one above the newest if there is none.</summary>
    internal long FirstAtOrAfter(DateTimeOffset time) =>
        FirstKept(offset => TryGet(offset) is not { } frame || frame.Place.AppendedAt >= time);

    /// <summary>The newest frames from an offset on, at most so many.</summary>
    internal List<Frame> Read(long from, int limit, bool descending)
    {
        lock (_gate)
        {
            var frames = new List<Frame>();
            var offset = descending ? Math.Min(from, _newest) : Math.Max(from, _oldest);
            while (frames.Count < limit && offset >= _oldest && offset <= _newest)
            {
                frames.Add(_ring[offset & (_ring.Length - 1)]!);
                offset += descending ? -1 : 1;
            }

            return frames;
        }
    }

    /// <summary>Drops what is older than the retention allows, and everything up to an offset that no reader needs.</summary>
    internal void Trim(long upTo = 0)
    {
        lock (_gate)
        {
            var oldestTime = _clock.GetUtcNow() - _retention.MaxAge;
            while (_oldest <= _newest
                && (_oldest <= upTo || _ring[_oldest & (_ring.Length - 1)]!.Place.AppendedAt < oldestTime))
            {
                DropOldest();
            }

            if (_oldest > _newest)
            {
                _ring = [];
            }
        }
    }

    /// <inheritdoc />
    public long BytesAfter(long offset)
    {
        var next = TryGet(offset + 1);
        return next is null ? (offset >= Newest ? 0 : long.MaxValue) : Volatile.Read(ref _bytesAppended) - next.Place.BytesBefore;
    }

    /// <inheritdoc />
    public bool IsSuperseded(long offset, long upTo) =>
        TryGet(offset) is { } frame && frame.SupersededAt is > 0 and var newer && newer <= upTo;

    /// <summary>A new epoch.</summary>
    internal static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
