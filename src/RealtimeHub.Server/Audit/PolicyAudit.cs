using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Audit;

/// <summary>Writes down which policy is in force, and what becomes of running channels when that changes. No record holds a place.</summary>
internal sealed class PolicyAudit(PolicyStore policies, GovernedChannels channels, AuditLog audit) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        policies.Changed += PolicyChanged;
        channels.Redecided += Redecided;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        policies.Changed -= PolicyChanged;
        channels.Redecided -= Redecided;
        return Task.CompletedTask;
    }

    private void PolicyChanged(PolicyDocument policy) => audit.Write(new AuditEvent
    {
        Kind = "policy_changed",
        PolicyVersion = policy.IsReadable ? policy.Version : null,
        Reason = policy.IsReadable ? null : "It cannot be read; everything that it governs is refused.",
    });

    private void Redecided(Redecision other) => audit.Write(new AuditEvent
    {
        Kind = "decision_changed",
        Channel = other.Channel.Value,
        PolicyVersion = other.After.PolicyVersion,
        Decision = other.After.DecisionId,
        Reason = $"{other.Before.Outcome} became {other.After.Outcome}, by {other.After.PolicyId}",
    });
}
