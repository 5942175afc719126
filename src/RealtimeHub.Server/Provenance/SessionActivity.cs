namespace RealtimeHub.Server.Provenance;

/// <summary>One connection's session: when it ran, and the newest activities that it was given the results of. Thread-safe.</summary>
internal sealed class SessionActivity(string id, string principal, TimeProvider time)
{
    private const int MaxParts = 256;

    private readonly Lock _gate = new();
    private readonly Queue<string> _parts = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Id { get; } = id;

    public string Principal { get; } = principal;

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How many activities it had, those included that are no longer named.</summary>
    public long PartCount { get; private set; }

    /// <summary>The newest of them, the oldest first.</summary>
    public IReadOnlyList<string> Parts
    {
        get
        {
            lock (_gate)
            {
                return [.. _parts];
            }
        }
    }

    /// <summary>Books an activity: a channel that it subscribed, a frame that was made for it.</summary>
    public void Add(string activity)
    {
        lock (_gate)
        {
            if (!_known.Add(activity))
            {
                return;
            }

            if (_parts.Count == MaxParts)
            {
                _known.Remove(_parts.Dequeue());
            }

            _parts.Enqueue(activity);
            PartCount++;
        }
    }

    public void End()
    {
        lock (_gate)
        {
            EndedAt ??= time.GetUtcNow();
        }
    }
}
