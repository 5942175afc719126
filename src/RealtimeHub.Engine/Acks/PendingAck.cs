using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Engine.Acks;

/// <summary>A frame that one consumer has still to acknowledge. Changed only under the book's lock.</summary>
internal sealed class PendingAck(Frame frame, DateTimeOffset due)
{
    private bool _isAcknowledged;

    // Kept even when the log drops it, so that it can come again.
    public Frame Frame { get; } = frame;

    public int Attempts { get; set; }

    /// <summary>When it comes again, or is escalated.</summary>
    public DateTimeOffset Due { get; set; } = due;

    public bool IsEscalated { get; set; }

    public bool IsAcknowledged
    {
        get => Volatile.Read(ref _isAcknowledged);
        set => Volatile.Write(ref _isAcknowledged, value);
    }
}
