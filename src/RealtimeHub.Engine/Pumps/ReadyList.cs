using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Engine.Pumps;

/// <summary>Cursors that have been woken and not been looked at. Anyone adds; only the pump takes.</summary>
/// <remarks>Thread-safe, without locks or allocation: the list is threaded through the cursors.</remarks>
internal struct ReadyList
{
    private Cursor? _head;

    public readonly bool IsEmpty => Volatile.Read(in _head) is null;

    /// <summary>Adds a cursor that the caller has claimed with <see cref="Cursor.TryQueue"/>.</summary>
    public void Add(Cursor cursor)
    {
        var head = Volatile.Read(ref _head);
        while (true)
        {
            cursor.NextReady = head;
            var seen = Interlocked.CompareExchange(ref _head, cursor, head);
            if (ReferenceEquals(seen, head))
            {
                return;
            }

            head = seen;
        }
    }

    /// <summary>Moves everything to a list.</summary>
    public void TakeAll(List<Cursor> cursors)
    {
        if (IsEmpty)
        {
            return;
        }

        for (var cursor = Interlocked.Exchange(ref _head, null); cursor is not null;)
        {
            var next = cursor.NextReady;
            cursor.NextReady = null;
            cursors.Add(cursor);
            cursor = next;
        }
    }
}
