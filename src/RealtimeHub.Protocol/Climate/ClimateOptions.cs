using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Climate;

/// <summary>How.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClimateOptions
{
    /// <summary>Wall time between frames; frame times lie on the grid of the data clock, so it may be lengthened to whole steps.</summary>
    public double? IntervalSeconds { get; init; }

    /// <summary>The seed of the ensemble's noise. Default 0.</summary>
    public long? Seed { get; init; }

    /// <summary>The member of the ensemble, 0 to 50. Default 0: without noise.</summary>
    public int? Member { get; init; }

    /// <summary>Values are means of this many cells by as many, 1 to 16. Default 1.</summary>
    public int? Stride { get; init; }

    /// <summary>With <c>forecast</c>: how far ahead, 1 to 10,800 s. Default 10,800.</summary>
    public long? LeadSeconds { get; init; }

    /// <summary>With <c>historical</c>: the first time.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>With <c>historical</c>: the last time. Default: the last that the source has.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>With <c>historical</c>, in place of <c>start</c>: so much data time before now.</summary>
    public double? RewindSeconds { get; init; }

    /// <summary>With <c>historical</c>: data time per wall time, 0.1 to 100,000. Default: the pace of the data clock.</summary>
    public double? ReplaySpeed { get; init; }

    /// <summary>With drivers: a storm motion, eastward and northward in m/s, for helicity. Default: the Bunkers right mover of each column.</summary>
    public IReadOnlyList<double>? StormMotion { get; init; }

    /// <summary>With explanations: how many background rows, 1 to 64. Default 64.</summary>
    public int? BackgroundRows { get; init; }

    /// <summary>With explanations: means of H3 cells of this resolution, 0 to 7, in place of cells of the grid.</summary>
    public int? H3Resolution { get; init; }

    /// <summary>With narratives: over how many times of the source, 1 to 8. Default 1.</summary>
    public int? Frames { get; init; }

    /// <summary>The zoom at which a viewer shows it, 0 to 22; the policy has ceilings.</summary>
    public int? Zoom { get; init; }
}
