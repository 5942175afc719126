using RealtimeHub.Protocol.Climate;

namespace RealtimeHub.Server.Policy.Rules;

/// <summary>What data must not be said to be: a modelled value observed, an index a concentration, and so on.</summary>
/// <remarks>Source: Kansas Frontier Matrix, fixtures/domains/atmosphere/knowledge_character. What says nothing is refused nothing.</remarks>
internal static class KnowledgeRules
{
    private const string ExactSite = "exact_site";

    private static readonly (string Code, Func<KnowledgeClaim, bool> Applies)[] Denials =
    [
        ("PRECISE_SITE_EXPOSURE_DENIED", c => c.SpatialSupport == ExactSite),
        ("MODEL_AS_OBSERVATION_DENIED", c => Is(c, "MODEL") && c.Kind == "observation"),
        ("AQI_AS_CONCENTRATION_DENIED", c => Is(c, "AQI") && c.Kind == "concentration"),
        ("AOD_AS_PM25_DENIED", c => (Is(c, "AOD") || Is(c, "OPTICAL_DEPTH")) && c.Parameter == "pm25"),
        ("ADVISORY_AS_LIFE_SAFETY_DENIED", c => Is(c, "ADVISORY") && c.IntendedUse == "life_safety_alert"),
    ];

    /// <summary>The rule that a claim breaks; null if it breaks none.</summary>
    public static string? Broken(KnowledgeClaim claim) => Array.Find(Denials, d => d.Applies(claim)).Code;

    private static bool Is(KnowledgeClaim claim, string words) => $"_{claim.Character}_".Contains($"_{words}_", StringComparison.OrdinalIgnoreCase);
}
