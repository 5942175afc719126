namespace RealtimeHub.Protocol.Governance;

/// <summary>Where the content of a frame comes from, by reference: the record behind the activity has the rest.</summary>
/// <remarks>Immutable. No member is null or empty.</remarks>
public sealed record Provenance
{
    /// <summary>States where content comes from.</summary>
    /// <param name="activity">The URN of the activity that made it; <c>GET /api/v1/prov/{activity}</c> describes it.</param>
    /// <param name="used">The URNs of what it used, one at least.</param>
    /// <param name="agent">The URN of the service that answers for it.</param>
    /// <exception cref="ArgumentException">A text is empty, or nothing was used.</exception>
    public Provenance(string activity, IReadOnlyList<string> used, string agent)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(activity);
        ArgumentException.ThrowIfNullOrWhiteSpace(agent);
        Activity = activity;
        Used = GovernanceText.RequireSome(used, nameof(used));
        Agent = agent;
    }

    /// <summary>The URN of the activity that made the content.</summary>
    public string Activity { get; }

    /// <summary>The URNs of what it used.</summary>
    public IReadOnlyList<string> Used { get; }

    /// <summary>The URN of the service that answers for it.</summary>
    public string Agent { get; }
}
