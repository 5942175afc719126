using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Provenance;

/// <summary>A decision that refused a principal something, and when. It names no place. Thread-safe.</summary>
internal sealed class RefusalRecord(CareDecision decision, CareKind kind, string principal, DateTimeOffset at)
{
    private readonly Lock _gate = new();
    private long _count;
    private DateTimeOffset _last = at;

    /// <summary>A denying decision.</summary>
    public CareDecision Decision { get; } = decision;

    public CareKind Kind { get; } = kind;

    /// <summary>Who was refused; nobody else reads of it.</summary>
    public string Principal { get; } = principal;

    public DateTimeOffset First { get; } = at;

    /// <summary>How often, and when last: the same request gets the same decision, by the same name.</summary>
    public (long Count, DateTimeOffset Last) Times
    {
        get
        {
            lock (_gate)
            {
                return (_count, _last);
            }
        }
    }

    public void Count(DateTimeOffset at)
    {
        lock (_gate)
        {
            _count++;
            _last = at > _last ? at : _last;
        }
    }
}
