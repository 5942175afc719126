namespace RealtimeHub.Protocol.Climate;

/// <summary>What an explanation is of.</summary>
public static class XaiLevels
{
    /// <summary>One point.</summary>
    public const string Local = "local";

    /// <summary>Every cell of a box or tile.</summary>
    public const string Spatial = "spatial";

    /// <summary>A box in words, with numbers and sources.</summary>
    public const string Narrative = "narrative";

    /// <summary>Every level.</summary>
    public static IReadOnlyList<string> All { get; } = [Local, Spatial, Narrative];
}
