namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>What may be asked for where the settings name nothing.</summary>
internal static class ClimateDefaults
{
    /// <summary>All that the bundled source has.</summary>
    public static IReadOnlyList<string> Variables { get; } =
        ["t2m", "td2m", "r2m", "u10", "v10", "sp", "tskin", "tp3h", "orog", "t", "r", "u", "v", "gh"];
}
