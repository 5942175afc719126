using RealtimeHub.Engine.Cursors;

namespace RealtimeHub.Engine.Pumps;

/// <summary>The cursors of the streams that one connection reads. Thread-safe.</summary>
internal sealed class OpenStreams
{
    private readonly Lock _gate = new();
    private readonly List<Cursor> _cursors = [];

    public bool AreCaughtUp => Array.TrueForAll(Snapshot(), c => c.Lag == 0);

    public Cursor[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _cursors];
        }
    }

    /// <summary>Adds a stream until the result is disposed.</summary>
    public IDisposable Add(Cursor cursor)
    {
        lock (_gate)
        {
            _cursors.Add(cursor);
        }

        return new Leaving(this, cursor);
    }

    private sealed class Leaving(OpenStreams streams, Cursor cursor) : IDisposable
    {
        public void Dispose()
        {
            lock (streams._gate)
            {
                streams._cursors.Remove(cursor);
            }
        }
    }
}
