using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>What is known of each service, probed or as it reported itself. Thread-safe.</summary>
internal sealed class ServiceRegistry(TimeProvider time)
{
    /// <summary>How many services are kept; reports of further ones are refused.</summary>
    public const int MaxServices = 1_000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, ServiceStatus> _statuses = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Called after a service's status has become another, on the thread that reported it; it must not block.</summary>
    public event Action<ServiceStatusChange>? Changed;

    /// <summary>Every service's newest status, by name.</summary>
    public IReadOnlyList<ServiceStatus> Statuses
    {
        get
        {
            lock (_gate)
            {
                return [.. _statuses.Values];
            }
        }
    }

    /// <summary>The worst health of any service; healthy when there is none.</summary>
    public string Health
    {
        get
        {
            lock (_gate)
            {
                return _statuses.Values.Aggregate(ServiceStates.Healthy, (worst, s) => ServiceStates.Worse(worst, ServiceStates.HealthOf(s.Status)));
            }
        }
    }

    /// <summary>Takes a status; one that is older than what is known, or of a service too many, is refused.</summary>
    /// <remarks>A report without a latency keeps that of the last probe. A time in the future counts as now, so that a wrong clock cannot silence later reports.</remarks>
    public bool Report(ServiceStatus status)
    {
        ServiceStatus? before;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var checkedAt = status.CheckedAt is { } at && at < now ? at : now;
            if (_statuses.TryGetValue(status.Service, out before) ? checkedAt < before.CheckedAt : _statuses.Count >= MaxServices)
            {
                return false;
            }

            status = status with { CheckedAt = checkedAt, LatencyMs = status.LatencyMs ?? before?.LatencyMs };
            _statuses[status.Service] = status;
        }

        if (before?.Status != status.Status)
        {
            Changed?.Invoke(new ServiceStatusChange(status, before?.Status));
        }

        return true;
    }
}
