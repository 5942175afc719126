namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>How many streams of each kind one connection reads. Thread-safe.</summary>
internal sealed class StreamSeats
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    public int CountOf(string kind)
    {
        lock (_gate)
        {
            return _taken.GetValueOrDefault(kind);
        }
    }

    /// <summary>Takes a seat until the result is disposed.</summary>
    public IDisposable Take(string kind)
    {
        Add(kind, 1);
        return new Seat(this, kind);
    }

    private void Add(string kind, int number)
    {
        lock (_gate)
        {
            _taken[kind] = _taken.GetValueOrDefault(kind) + number;
        }
    }

    private sealed class Seat(StreamSeats seats, string kind) : IDisposable
    {
        public void Dispose() => seats.Add(kind, -1);
    }
}
