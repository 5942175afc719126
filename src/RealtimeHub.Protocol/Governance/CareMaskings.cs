namespace RealtimeHub.Protocol.Governance;

/// <summary>How values were masked, as <see cref="Care.Masking"/> says it.</summary>
public static class CareMaskings
{
    /// <summary>No rule applied: every value is the source's own.</summary>
    public const string None = "none";

    /// <summary>Some values are means of H3 cells, or withheld.</summary>
    public const string H3Generalized = "h3-generalized";

    /// <summary>The same, of hazard drivers.</summary>
    public const string H3HazardGeneralized = "h3-hazard-generalized";

    /// <summary>The same, of story and focus payloads.</summary>
    public const string H3FocusGeneralized = "h3-focus-generalized";

    /// <summary>Some records are shown elsewhere, in a ring around their place, or not at all.</summary>
    public const string Donut = "donut";

    /// <summary>Nothing is shown.</summary>
    public const string Concealed = "concealed";
}
