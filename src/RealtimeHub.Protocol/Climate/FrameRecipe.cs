namespace RealtimeHub.Protocol.Climate;

/// <summary>Everything that a climate frame is made from: who has it can have the frame recomputed, to the last bit.</summary>
/// <remarks>Immutable. It says what was granted, not what was asked for.</remarks>
public sealed record FrameRecipe
{
    /// <summary>What it makes, from <see cref="FrameKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The id of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The digest of the source's data.</summary>
    public required string SourceDigest { get; init; }

    /// <summary>When the values are valid.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The source's own time that they come from.</summary>
    public required DateTimeOffset AnalysisTime { get; init; }

    /// <summary>Variables, drivers, or the one explained variable.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    /// <summary>The part of the source's grid.</summary>
    public required RecipeWindow Window { get; init; }

    /// <summary>The model that predicted; absent where nothing was predicted.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>The seed of the ensemble's noise.</summary>
    public long Seed { get; init; }

    /// <summary>The member of the ensemble; 0 is without noise.</summary>
    public int Member { get; init; }

    /// <summary>The storm motion of helicity, eastward and northward in m/s; absent for the Bunkers right mover.</summary>
    public IReadOnlyList<double>? StormMotion { get; init; }

    /// <summary>How it was explained.</summary>
    public string? Method { get; init; }

    /// <summary>What the explanation is of, from <see cref="XaiLevels"/>.</summary>
    public string? Level { get; init; }

    /// <summary>How many background rows the explanation is made against.</summary>
    public int? BackgroundRows { get; init; }

    /// <summary>How many times a narrative speaks of.</summary>
    public int? Frames { get; init; }

    /// <summary>The resolution of the H3 cells that values are means of.</summary>
    public int? H3Resolution { get; init; }

    /// <summary>The tile, <c>z/x/y</c>.</summary>
    public string? Tile { get; init; }

    /// <summary>The policy decision that it was made under.</summary>
    public required string Decision { get; init; }
}
