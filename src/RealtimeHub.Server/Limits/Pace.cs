namespace RealtimeHub.Server.Limits;

/// <summary>A rate and a burst, as one number that moves with time: the generic cell rate algorithm. Thread-safe.</summary>
/// <remarks>Deterministic: the same requests at the same times get the same answers.</remarks>
internal sealed class Pace
{
    private readonly Lock _gate = new();

    // When everything taken so far will have been paid for.
    private long _paidUp;

    /// <summary>Takes one.</summary>
    /// <param name="limit">How many there are.</param>
    /// <param name="now">The time.</param>
    /// <param name="wait">When the next can be had, when there is none.</param>
    public bool TryTake(PaceLimit limit, DateTimeOffset now, out TimeSpan wait)
    {
        lock (_gate)
        {
            var interval = limit.IntervalTicks;
            var paidUp = Math.Max(_paidUp, now.UtcTicks) + interval;
            var over = paidUp - now.UtcTicks - (interval * limit.Burst);
            wait = TimeSpan.FromTicks(Math.Max(0, over));
            if (over > 0)
            {
                return false;
            }

            _paidUp = paidUp;
            return true;
        }
    }

    /// <summary>Whether nothing is remembered.</summary>
    public bool IsFresh(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _paidUp <= now.UtcTicks;
        }
    }
}
