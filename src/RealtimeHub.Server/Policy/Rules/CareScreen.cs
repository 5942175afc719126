namespace RealtimeHub.Server.Policy.Rules;

/// <summary>Whether a data set says what the CARE principles ask: what it is for, and who answers for it.</summary>
/// <remarks>Source: Kansas Frontier Matrix, pipelines/release/gates/care.</remarks>
internal static class CareScreen
{
    public const string Ok = "CARE_OK";
    public const string NoPurpose = "CARE_FAIL_COLLECTIVE_BENEFIT";
    public const string NoSteward = "CARE_FAIL_RESPONSIBILITY";

    /// <summary>The reasons against it, <see cref="Ok"/> alone if there are none.</summary>
    public static IReadOnlyList<string> ReasonsOf(string? purposeRef, string? stewardContact)
    {
        var reasons = new List<string>();
        if (string.IsNullOrWhiteSpace(purposeRef))
        {
            reasons.Add(NoPurpose);
        }

        if (string.IsNullOrWhiteSpace(stewardContact))
        {
            reasons.Add(NoSteward);
        }

        return reasons.Count > 0 ? reasons : [Ok];
    }
}
