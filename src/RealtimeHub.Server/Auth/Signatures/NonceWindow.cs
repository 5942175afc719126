namespace RealtimeHub.Server.Auth.Signatures;

/// <summary>The nonces that were used while their signatures would still be good. Thread-safe; holds at most a million.</summary>
internal sealed class NonceWindow(TimeProvider clock)
{
    private const int MaxEntries = 1_000_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _byEnd = new();

    /// <summary>Takes a nonce; false when it was used before.</summary>
    /// <param name="nonce">The nonce, with the id of its key in front.</param>
    /// <param name="until">When its signature is too old anyway.</param>
    /// <exception cref="InvalidOperationException">More signatures are remembered than there may be: deny.</exception>
    public bool TryUse(string nonce, DateTimeOffset until)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_byEnd.TryPeek(out var oldest, out var end) && end < now)
            {
                _byEnd.Dequeue();
                _used.Remove(oldest);
            }

            if (_used.Count >= MaxEntries)
            {
                throw new InvalidOperationException($"{MaxEntries} nonces are in use; no more signatures can be told from repeats.");
            }

            if (!_used.Add(nonce))
            {
                return false;
            }

            _byEnd.Enqueue(nonce, until);
            return true;
        }
    }
}
