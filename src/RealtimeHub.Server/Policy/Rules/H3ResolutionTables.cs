namespace RealtimeHub.Server.Policy.Rules;

/// <summary>The published tables of how fine something sensitive may be shown; where several apply, the coarsest holds.</summary>
/// <remarks>
/// Sources: Kansas Frontier Matrix, standards/heritage/dynamic-h3-generalization.md (scores), pipelines/spatial/h3-dynamic-generalization
/// (variance), standards/data-generalization/geo and standards/geo/archaeology-sensitive-locations.md (levels; of a range the coarser end),
/// standards/heritage/h3-generalization.md (heritage). The rule "R8+ for sacred" of the masking standard is finer than all others, so it never
/// holds.
/// </remarks>
internal static class H3ResolutionTables
{
    // Scores up to the bound, and the resolution that they allow.
    private static readonly (double UpTo, int Resolution)[] Scores = [(10, 9), (25, 8), (40, 7), (55, 6), (70, 5), (85, 4), (100, 3)];

    private static readonly Dictionary<string, int> Levels = new(StringComparer.OrdinalIgnoreCase) { ["L1"] = 7, ["L2"] = 6, ["L3"] = 4 };

    /// <summary>By a score from 0 to 100; a missing one counts as 100.</summary>
    public static int ForScore(double? score)
    {
        var bounded = score is { } given && !double.IsNaN(given) ? given : 100;
        foreach (var (upTo, resolution) in Scores)
        {
            if (bounded <= upTo)
            {
                return resolution;
            }
        }

        return Scores[^1].Resolution;
    }

    /// <summary>By sensitivity and the variance of the values; what is not known counts as high.</summary>
    public static int ForVariance(string sensitivity, bool isVarianceHigh) => sensitivity switch
    {
        "none" or "low" => isVarianceHigh ? 9 : 7,
        "medium" => 6,
        _ => 5,
    };

    /// <summary>By level; null for L4 and for levels that are not known: no geometry at all.</summary>
    public static int? ForLevel(string level) => Levels.TryGetValue(level, out var resolution) ? resolution : null;

    /// <summary>By the sensitivity of a heritage site; null: conceal. What is not known counts as high.</summary>
    public static int? ForHeritage(string sensitivity) => sensitivity switch
    {
        "very high" => null,
        "low" => 8,
        _ => 7,
    };
}
