namespace RealtimeHub.Server.Policy.Areas;

/// <summary>One version of the policy: all protected areas, or that it cannot be read. Immutable.</summary>
internal sealed class PolicyDocument
{
    private PolicyDocument(string version, IReadOnlyList<ProtectedArea> areas, string? problem) => (Version, Areas, Problem) = (version, areas, problem);

    /// <summary>The SHA-256 multihash of the file; <c>unreadable</c> if there is none.</summary>
    public string Version { get; }

    public IReadOnlyList<ProtectedArea> Areas { get; }

    /// <summary>Why it cannot be read, for the log; null if it can. Then everything is denied.</summary>
    public string? Problem { get; }

    public bool IsReadable => Problem is null;

    public static PolicyDocument Of(string version, IReadOnlyList<ProtectedArea> areas) => new(version, areas, null);

    public static PolicyDocument Unreadable(string problem) => new("unreadable", [], problem);
}
