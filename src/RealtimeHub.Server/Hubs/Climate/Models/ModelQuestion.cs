using RealtimeHub.Science.Climate;

namespace RealtimeHub.Server.Hubs.Climate.Models;

/// <summary>What a model is asked.</summary>
/// <param name="Grid">The whole grid of the source.</param>
/// <param name="Analysis">The surface that the prediction starts from.</param>
/// <param name="Variables">What to predict.</param>
/// <param name="LeadSeconds">How long after the analysis, 0 to 10,800 s.</param>
/// <param name="Version">The version that has to answer; null for whichever does.</param>
internal sealed record ModelQuestion(
    ClimateGrid Grid, SurfaceFields Analysis, IReadOnlyList<ClimateVariable> Variables, long LeadSeconds, string? Version = null);
