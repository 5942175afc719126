namespace RealtimeHub.Server.WebSockets.Events;

/// <summary>The numbers of what a connection was sent or has lost, and the offsets that the newest of them stand for.</summary>
/// <remarks>Used only with the connection's turn. It grows up to its 1,000 entries as they come.</remarks>
internal sealed class SentRing
{
    private const int Capacity = 1_000;
    private const int FirstCapacity = 16;

    private Entry[] _entries = [];
    private int _count;

    /// <summary>The newest number; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>The oldest number that is remembered; one above <see cref="Last"/> if none is.</summary>
    public long Oldest => Last - _count + 1;

    /// <summary>Numbers what is sent.</summary>
    /// <param name="offset">The offset of the frame, or of the last one of a batch.</param>
    /// <param name="first">The offset of the first frame of a batch; the same for a single frame.</param>
    public long Add(long offset, long first)
    {
        if (_count < Capacity && _count == _entries.Length)
        {
            Grow();
        }

        Last++;
        _entries[Last % _entries.Length] = new Entry(offset, first);
        _count = Math.Min(_count + 1, Capacity);
        return Last;
    }

    /// <summary>Numbers frames that are lost, so that they can be told and asked for.</summary>
    public void AddLost(long from, long to)
    {
        // Of more than are remembered only the newest are.
        var skipped = Math.Max(0, to - from + 1 - Capacity);
        if (skipped > 0)
        {
            Forget();
            Last += skipped;
        }

        for (var offset = from + skipped; offset <= to; offset++)
        {
            Add(offset, offset);
        }
    }

    /// <summary>What a remembered number stands for.</summary>
    public Entry this[long number] => _entries[number % _entries.Length];

    /// <summary>Forgets what numbers stand for, because the offsets have another meaning now. Numbers go on.</summary>
    public void Forget()
    {
        _entries = [];
        _count = 0;
    }

    private void Grow()
    {
        var grown = new Entry[Math.Min(Capacity, Math.Max(FirstCapacity, _entries.Length * 2))];
        for (var number = Oldest; number <= Last; number++)
        {
            grown[number % grown.Length] = this[number];
        }

        _entries = grown;
    }

    /// <summary>The frames of one number: one, or a batch.</summary>
    public readonly record struct Entry(long Offset, long First)
    {
        public bool IsBatch => First != Offset;
    }
}
