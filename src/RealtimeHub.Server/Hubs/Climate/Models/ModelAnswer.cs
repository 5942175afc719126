using RealtimeHub.Science.Climate;

namespace RealtimeHub.Server.Hubs.Climate.Models;

/// <summary>What a model answers: one value per cell of the question's grid, and who says so.</summary>
internal sealed record ModelAnswer(string Version, IReadOnlyDictionary<ClimateVariable, float[]> Values);
