namespace RealtimeHub.Engine.Acks;

/// <summary>Where escalations go.</summary>
public interface IEscalationSink
{
    /// <summary>Makes an escalation known.</summary>
    ValueTask EscalateAsync(Escalation escalation, CancellationToken cancellationToken);
}
