using RealtimeHub.Benchmarks.Load;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>A way in which some clients do not keep up.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Plan">Makes the reading plan of one such client.</param>
/// <param name="Duration">How long it takes to show.</param>
internal sealed record StallKind(string Name, Func<IReadingPlan> Plan, TimeSpan Duration);
