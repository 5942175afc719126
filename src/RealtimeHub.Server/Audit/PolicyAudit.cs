using RealtimeHub.Protocol.Channels;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Server.Audit;

/// <summary>Writes down which policy is in force, and what becomes of running channels when that changes. No record holds a place.</summary>
internal sealed class PolicyAudit(PolicyStore policies, GovernedChannels channels, AuditLog audit) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        policies.Changed += PolicyChanged;
        channels.DecisionChanged += DecisionChanged;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        policies.Changed -= PolicyChanged;
        channels.DecisionChanged -= DecisionChanged;
        return Task.CompletedTask;
    }

    private void PolicyChanged(PolicyDocument policy) => audit.Write(new AuditEvent
    {
        Kind = "policy_changed",
        PolicyVersion = policy.IsReadable ? policy.Version : null,
        Reason = policy.IsReadable ? null : "It cannot be read; everything that it governs is refused.",
    });

    private void DecisionChanged(ChannelName channel, CareDecision before, CareDecision after) => audit.Write(new AuditEvent
    {
        Kind = "decision_changed",
        Channel = channel.Value,
        PolicyVersion = after.PolicyVersion,
        Decision = after.DecisionId,
        Reason = $"{before.Outcome} became {after.Outcome}, by {after.PolicyId}",
    });
}
