using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Policy.Rules;

/// <summary>How much is asked for at once, and how often.</summary>
/// <param name="RateClass">Whose quota it is of.</param>
/// <param name="Place">The box around it.</param>
/// <param name="Variables">Names of variables or drivers.</param>
/// <param name="IntervalSeconds">Seconds between two of them; null for something asked for once.</param>
internal readonly record struct QuotaDemand(string RateClass, GeoBox Place, IReadOnlyList<string> Variables, double? IntervalSeconds);
