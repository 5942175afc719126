using System.Text.Json;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Server.Policy.Areas;

/// <summary>How fine an area may be shown and how sensitive it is: every table that applies is asked, the coarsest answer wins.</summary>
internal static class AreaClassification
{
    private static readonly Dictionary<string, SensitivityLabel> LabelOfKind = new()
    {
        ["indigenous"] = SensitivityLabel.Sensitive,
        ["heritage"] = SensitivityLabel.Sensitive,
        ["natural"] = SensitivityLabel.Community,
    };

    public static SensitivityLabel LabelOf(JsonElement properties, ProtectionRule rule, int index)
    {
        if (properties.TryGetProperty("label", out var label))
        {
            return Enum.TryParse<SensitivityLabel>(label.GetString(), ignoreCase: true, out var known)
                ? known
                : throw new FormatException($"Feature {index} has the label '{label}'; public, community, sensitive and sacred are known.");
        }

        // What nobody may see is as sensitive as can be; a kind that is not known counts as sensitive.
        var kind = properties.TryGetProperty("kind", out var named) ? named.GetString() ?? "" : "";
        return rule is ProtectionRule.Deny ? SensitivityLabel.Sacred : LabelOfKind.GetValueOrDefault(kind, SensitivityLabel.Sensitive);
    }

    public static int ResolutionOf(JsonElement properties, ProtectionRule rule, int index, int denyResolution)
    {
        var candidates = new List<int>();
        if (properties.TryGetProperty("h3_resolution", out var resolution))
        {
            candidates.Add(resolution.GetInt32());
        }
        else if (rule is ProtectionRule.Deny)
        {
            candidates.Add(denyResolution);
        }

        if (properties.TryGetProperty("sensitivity_score", out var score))
        {
            // A score that is there but not a number counts as the highest.
            candidates.Add(H3ResolutionTables.ForScore(score.ValueKind == JsonValueKind.Number ? score.GetDouble() : null));
        }

        if (properties.TryGetProperty("sensitivity", out var sensitivity))
        {
            candidates.Add(H3ResolutionTables.ForVariance(sensitivity.GetString() ?? "", isVarianceHigh: false));
        }

        if (properties.TryGetProperty("level", out var level))
        {
            candidates.Add(H3ResolutionTables.ForLevel(level.GetString() ?? "") ?? throw new FormatException($"Feature {index} is of level {level}, which has no geometry to show; its rule has to be deny."));
        }

        return candidates.Count > 0 && candidates.Min() is >= 0 and <= 15 and var coarsest
            ? coarsest
            : throw new FormatException($"Feature {index} generalises but has no h3_resolution from 0 to 15.");
    }
}
