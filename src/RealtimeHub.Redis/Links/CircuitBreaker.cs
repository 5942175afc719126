namespace RealtimeHub.Redis.Links;

/// <summary>Keeps calls to a server that is away short: after so many failures in a row they are refused at once, but for one on trial now and then. Thread-safe.</summary>
internal sealed class CircuitBreaker(int maxFailures, TimeSpan pause, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _trialAt;

    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _failures >= maxFailures;
            }
        }
    }

    /// <summary>Whether a call may go out now; while it is open, one per pause may.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_failures < maxFailures)
            {
                return true;
            }

            if (now < _trialAt)
            {
                return false;
            }

            _trialAt = now + pause;
            return true;
        }
    }

    public void Succeeded()
    {
        lock (_gate)
        {
            _failures = 0;
        }
    }

    public void Failed()
    {
        lock (_gate)
        {
            if (++_failures >= maxFailures)
            {
                _failures = maxFailures;
                _trialAt = clock.GetUtcNow() + pause;
            }
        }
    }
}
