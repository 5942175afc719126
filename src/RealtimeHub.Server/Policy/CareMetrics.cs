using System.Diagnostics.Metrics;
using RealtimeHub.Engine;

namespace RealtimeHub.Server.Policy;

/// <summary>What is counted of decisions, by the names of the climate system. Nothing tells where. Thread-safe.</summary>
internal sealed class CareMetrics
{
    private readonly Counter<long> _maskings;
    private readonly Counter<long> _regions;
    private long _decisions;
    private long _byReadablePolicy;

    public CareMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(EngineMetrics.MeterName);
        _maskings = meter.CreateCounter<long>("care.masking.events", "{decision}", "Decisions that generalised, concealed or refused.");
        _regions = meter.CreateCounter<long>("sovereignty.flagged_regions", "{decision}", "Decisions that a rule of a protected area won.");
        meter.CreateObservableGauge("faircare.policy_compliance", Compliance, "1", "The share of decisions that a readable policy made; 1 before the first.");
    }

    public void Count(CareRequest request, CareDecision decision)
    {
        Interlocked.Increment(ref _decisions);
        if (decision.PolicyId != CareDecider.UnreadablePolicy)
        {
            Interlocked.Increment(ref _byReadablePolicy);
        }

        if (decision.Outcome is not CareOutcome.Allow)
        {
            var kind = new KeyValuePair<string, object?>("kind", request.Kind.ToString().ToLowerInvariant());
            _maskings.Add(1, kind, new KeyValuePair<string, object?>("outcome", decision.Outcome.ToString().ToLowerInvariant()));
            if (decision.IsOfArea)
            {
                _regions.Add(1, new KeyValuePair<string, object?>("policy", decision.PolicyId));
            }
        }
    }

    private double Compliance()
    {
        var decisions = Volatile.Read(ref _decisions);
        return decisions == 0 ? 1 : (double)Volatile.Read(ref _byReadablePolicy) / decisions;
    }
}
