using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Policy;

/// <summary>What is asked of the policy: who wants what, where, of which time, from which source. Immutable.</summary>
internal sealed record CareRequest
{
    /// <summary>Who asks.</summary>
    public required Principal Principal { get; init; }

    public required CareKind Kind { get; init; }

    public required CarePlace Place { get; init; }

    /// <summary>Names of variables or drivers; their class weighs in the quota.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    public required CareTimeMode TimeMode { get; init; }

    /// <summary>The whole grid of the source, never a cut of it: what a cell's mean is made of must not depend on the request.</summary>
    public required FieldGrid Grid { get; init; }

    /// <summary>The zoom at which it will be shown, where that is known. A tile has its own.</summary>
    public int? Zoom { get; init; }

    public OnProtected OnProtected { get; init; }

    /// <summary>Seconds between frames; null for something asked for once.</summary>
    public double? IntervalSeconds { get; init; }
}
