using System.Globalization;

namespace RealtimeHub.Server.Limits;

/// <summary>So many in a time, and so many at once.</summary>
/// <param name="Name">What is limited, as the end of a sentence: <c>calls per connection</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="Per">In which time.</param>
/// <param name="Burst">How many at once.</param>
internal sealed record PaceLimit(string Name, double Count, TimeSpan Per, int Burst)
{
    public long IntervalTicks { get; private init; } = Math.Max(1, (long)(Per.Ticks / Count));

    /// <summary>The share of each of several nodes.</summary>
    public PaceLimit SharedBy(int nodes) => nodes <= 1 ? this : this with { Count = Count / nodes, Burst = Math.Max(1, Burst / nodes), IntervalTicks = IntervalTicks * nodes };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count:0.##} {Name} in {Per.TotalSeconds:0} s, {Burst} at once");
}
