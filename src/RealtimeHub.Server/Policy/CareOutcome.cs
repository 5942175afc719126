namespace RealtimeHub.Server.Policy;

/// <summary>How a decision ends.</summary>
internal enum CareOutcome
{
    /// <summary>Everything is shown as it is.</summary>
    Allow,

    /// <summary>Some of it is shown as means of H3 cells, or not at all; the rest as it is.</summary>
    Generalize,

    /// <summary>Nothing is shown.</summary>
    Deny,
}
