using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

// The ring and what is looked up in it. Called with the gate held.
public sealed partial class ChannelLog
{
    private void Forget()
    {
        while (_oldest <= _newest)
        {
            DropOldest();
        }

        _ring = [];
    }

    private void Remember(string epoch, string reason)
    {
        if (_earlier.Count == EarlierEpochs)
        {
            _earlier.RemoveAt(0);
        }

        _earlier.Add((epoch, reason));
    }

    private void Supersede(Frame frame)
    {
        if (frame.ConflationKey is { } key)
        {
            _newestByKey ??= new Dictionary<string, Frame>(StringComparer.Ordinal);
            if (_newestByKey.TryGetValue(key, out var previous))
            {
                previous.SupersededAt = frame.Offset;
            }

            _newestByKey[key] = frame;
        }
    }

    private long FirstKept(Func<long, bool> isFar)
    {
        var low = OldestKept;
        var high = Newest + 1;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (isFar(middle))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private FrameEnvelope Place(Envelope envelope, string channel) => new()
    {
        Type = envelope.Type,
        Channel = channel,
        Epoch = Epoch,
        Sequence = _newest + 1,
        Timestamp = envelope.Timestamp,
        EventId = envelope.EventId,
        CorrelationId = envelope.CorrelationId,
        RequiresAck = envelope.RequiresAck,
        Tags = envelope.Tags,
        Payload = envelope.Payload,
        Care = envelope.Governance?.Care,
        Prov = envelope.Governance?.Prov,
        Checksums = envelope.Governance?.Checksums,
        Stac = envelope.Governance?.Stac,
        Blocks = envelope.Blocks,
    };

    private FramePlace NextPlace() => new(_newest + 1, AppendStamp.Next(), _bytesAppended, _clock.GetUtcNow());

    private void Add(Frame frame)
    {
        var bytesAfter = _bytesAppended + frame.SizeBytes;
        while (_newest - _oldest + 1 >= 2 && IsOver(bytesAfter))
        {
            DropOldest();
        }

        if (_newest - _oldest + 1 >= _ring.Length)
        {
            Grow();
        }

        Volatile.Write(ref _ring[frame.Offset & (_ring.Length - 1)], frame);
        Volatile.Write(ref _bytesAppended, bytesAfter);
        Volatile.Write(ref _newest, frame.Offset);
    }

    private bool IsOver(long bytesAfter) =>
        _newest - _oldest + 2 > _retention.MaxFrames
        || bytesAfter - _ring[_oldest & (_ring.Length - 1)]!.Place.BytesBefore > _retention.MaxBytes;

    private void DropOldest()
    {
        ref var slot = ref _ring[_oldest & (_ring.Length - 1)];
        var frame = slot!;
        if (frame.ConflationKey is { } key && _newestByKey!.TryGetValue(key, out var newest) && ReferenceEquals(newest, frame))
        {
            _newestByKey.Remove(key);
        }

        if (frame.Envelope is { } envelope)
        {
            _byEventId?.Remove(envelope.EventId);
        }

        NewestDroppedAt = frame.Place.AppendedAt;
        Volatile.Write(ref _oldest, _oldest + 1);
        Volatile.Write(ref slot, null);
    }

    private void Grow()
    {
        var grown = new Frame?[Math.Max(SmallestRing, _ring.Length * 2)];
        for (var offset = _oldest; offset <= _newest; offset++)
        {
            grown[offset & (grown.Length - 1)] = _ring[offset & (_ring.Length - 1)];
        }

        Volatile.Write(ref _ring, grown);
    }
}
