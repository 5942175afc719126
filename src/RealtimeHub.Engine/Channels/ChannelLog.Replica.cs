using System.Diagnostics.CodeAnalysis;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

// A log that follows a shared store: others have placed its frames.
public sealed partial class ChannelLog
{
    /// <summary>Takes over a frame that a shared store has placed; false where it is not the next one.</summary>
    internal bool TryReplicate(string channel, string target, PlacedEnvelope placed, [NotNullWhen(true)] out Frame? frame)
    {
        lock (_gate)
        {
            if (placed.Offset != _newest + 1)
            {
                frame = null;
                return false;
            }

            frame = new Frame(Place(placed.Envelope, channel), target, placed.Envelope.ConflationKey, NextPlace() with { AppendedAt = placed.AppendedAt });
            Add(frame);
            Supersede(frame);
            return true;
        }
    }

    /// <summary>Takes over where a shared store stands when that is not where this log does: nothing of what was kept belongs to it.</summary>
    /// <param name="position">The epoch, and the offset before the oldest that the store keeps.</param>
    /// <param name="reason">What a reader is told that comes with a position of the epoch that this log was in.</param>
    internal void Adopt(StreamPosition position, string reason)
    {
        lock (_gate)
        {
            Forget();
            Volatile.Write(ref _newest, position.Offset);
            Volatile.Write(ref _oldest, position.Offset + 1);
            NewestDroppedAt = position.Offset == 0 ? null : _clock.GetUtcNow();

            // Last: whoever reads the epoch and then the offset must not pair the new one with an offset of the old one.
            if (position.Epoch != _epoch)
            {
                Remember(_epoch, reason);
                _epoch = position.Epoch;
            }
        }
    }

    /// <summary>Says why an epoch that this log never was in ended.</summary>
    internal void RememberEarlier(string epoch, string reason)
    {
        lock (_gate)
        {
            if (!_earlier.Exists(e => e.Epoch == epoch))
            {
                Remember(epoch, reason);
            }
        }
    }
}
