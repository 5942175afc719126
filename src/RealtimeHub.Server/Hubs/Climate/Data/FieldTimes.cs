namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>The times of a source, ascending and never empty. Immutable.</summary>
internal sealed class FieldTimes
{
    private readonly DateTimeOffset[] _times;

    public FieldTimes(IEnumerable<DateTimeOffset> times)
    {
        _times = [.. times];
        if (_times.Length == 0)
        {
            throw new ArgumentException("A source has at least one time.", nameof(times));
        }

        for (var i = 1; i < _times.Length; i++)
        {
            if (_times[i] <= _times[i - 1])
            {
                throw new ArgumentException("The times of a source ascend.", nameof(times));
            }
        }
    }

    public int Count => _times.Length;

    public DateTimeOffset First => _times[0];

    public DateTimeOffset Last => _times[^1];

    /// <summary>The shortest time from one to the next; zero for a single time.</summary>
    public TimeSpan Step
    {
        get
        {
            var step = TimeSpan.MaxValue;
            for (var i = 1; i < _times.Length; i++)
            {
                step = _times[i] - _times[i - 1] < step ? _times[i] - _times[i - 1] : step;
            }

            return _times.Length == 1 ? TimeSpan.Zero : step;
        }
    }

    public DateTimeOffset this[int index] => _times[index];

    public IReadOnlyList<DateTimeOffset> ToList() => Array.AsReadOnly(_times);

    public TimeLocation Locate(DateTimeOffset time)
    {
        var found = Array.BinarySearch(_times, time);
        if (found >= 0)
        {
            return new TimeLocation(TimeMatch.Exact, found, found, First, Last);
        }

        var later = ~found;
        return later == 0 ? new TimeLocation(TimeMatch.TooEarly, -1, 0, First, Last)
            : later == _times.Length ? new TimeLocation(TimeMatch.TooLate, later - 1, -1, First, Last)
            : new TimeLocation(TimeMatch.Between, later - 1, later, First, Last);
    }
}
