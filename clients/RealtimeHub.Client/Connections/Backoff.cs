namespace RealtimeHub.Client.Connections;

/// <summary>Delays between attempts: exponential, capped, with full jitter, so that many clients do not come back at once.</summary>
/// <remarks>Used by one reconnect loop at a time.</remarks>
internal sealed class Backoff(RealtimeClientOptions options)
{
    private const int MaxDoublings = 30;

    /// <summary>How many delays were given since the last reset.</summary>
    public int Attempts { get; private set; }

    /// <summary>The next delay: anything up to the base doubled per attempt, at most the cap.</summary>
    public TimeSpan Next()
    {
        var doublings = Math.Min(Attempts++, MaxDoublings);
        var limit = Math.Min(options.BackoffCap.TotalMilliseconds, options.BackoffBase.TotalMilliseconds * (1L << doublings));
        lock (options.Random)
        {
            return TimeSpan.FromMilliseconds(options.Random.NextDouble() * limit);
        }
    }

    /// <summary>A delay that somebody else has decided counts as an attempt too.</summary>
    public TimeSpan Next(TimeSpan given)
    {
        Attempts++;
        return given;
    }

    /// <summary>Starts over when the connection has held long enough.</summary>
    public void ResetIfHealthy(TimeSpan held)
    {
        if (held >= options.HealthyAfter)
        {
            Reset();
        }
    }

    /// <summary>Starts over.</summary>
    public void Reset() => Attempts = 0;
}
