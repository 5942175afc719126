namespace RealtimeHub.Server.Auth;

/// <summary>The roles that policy knows.</summary>
public static class Roles
{
    /// <summary>Anyone.</summary>
    public const string Public = "public";

    /// <summary>Researchers.</summary>
    public const string ResearchBasic = "research-basic";

    /// <summary>Researchers with an agreement.</summary>
    public const string ResearchAdvanced = "research-advanced";

    /// <summary>Operators of the service.</summary>
    public const string InternalOps = "internal-ops";

    /// <summary>Who governs the data.</summary>
    public const string AdminGovernance = "admin-governance";

    /// <summary>The nations whose data it is.</summary>
    public const string RestrictedTribalSovereign = "restricted-tribal-sovereign";

    /// <summary>Every role.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Public, ResearchBasic, ResearchAdvanced, InternalOps, AdminGovernance, RestrictedTribalSovereign];
}
