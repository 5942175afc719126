namespace RealtimeHub.Cli.Prove;

/// <summary>What may be done to a deployment to prove something of it.</summary>
internal sealed record ProofPermissions
{
    /// <summary>Whether security events may be published, some of them critical.</summary>
    public bool MayPublishEvents { get; init; }

    /// <summary>Whether channels may be filled beyond what they keep: tens of megabytes.</summary>
    public bool MayFill { get; init; }

    /// <summary>The key of somebody who may do less; null for none.</summary>
    public string? ViewerKey { get; init; }

    /// <summary>A second node of the deployment; null for none.</summary>
    public Uri? Node { get; init; }

    /// <summary>The process behind the first address, which may be killed; null for none.</summary>
    public int? Kill { get; init; }

    /// <summary>The process behind the last address, which may be told to stop; null for none.</summary>
    public int? Drain { get; init; }
}
