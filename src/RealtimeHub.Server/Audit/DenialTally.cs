namespace RealtimeHub.Server.Audit;

/// <summary>Counts denials that repeat, so that a flood cannot push everything else out of the file. Thread-safe and bounded.</summary>
internal sealed class DenialTally(TimeProvider clock)
{
    private const int MaxKinds = 10_000;

    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string? Principal, string? Address, string? Method, string? Channel, string? Code), (AuditEvent Record, DateTimeOffset Since, long Count)> _kinds = [];

    /// <summary>Whether the same was not denied within the window; else it is counted.</summary>
    public bool IsFirst(AuditEvent record)
    {
        var key = (record.Principal, record.Address, record.Method, record.Channel, record.Code);
        lock (_gate)
        {
            if (_kinds.TryGetValue(key, out var known))
            {
                _kinds[key] = known with { Count = known.Count + 1 };
                return false;
            }

            if (_kinds.Count >= MaxKinds)
            {
                // Addresses without number: they share one entry, which says how many there were.
                key = default;
                _kinds[key] = _kinds.TryGetValue(key, out var rest)
                    ? rest with { Count = rest.Count + 1 }
                    : (new AuditEvent { Kind = record.Kind, Code = "VARIOUS" }, clock.GetUtcNow(), 1);
                return false;
            }

            _kinds.Add(key, (record, clock.GetUtcNow(), 0));
            return true;
        }
    }

    /// <summary>Takes what was counted, as records.</summary>
    public IReadOnlyList<AuditEvent> Take(bool all)
    {
        lock (_gate)
        {
            var end = clock.GetUtcNow() - Window;
            var over = _kinds.Where(k => all || k.Value.Since <= end).ToList();
            foreach (var (key, _) in over)
            {
                _kinds.Remove(key);
            }

            return [.. over.Where(k => k.Value.Count > 0).Select(k => k.Value.Record with { Count = k.Value.Count })];
        }
    }
}
