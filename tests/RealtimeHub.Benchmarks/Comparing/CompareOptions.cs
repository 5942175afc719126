using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>What to compare, and how thoroughly.</summary>
/// <param name="IsQuick">Whether to take fewer and shorter runs, which show the order of things but decide nothing.</param>
/// <param name="Measurements">Which measurements to take.</param>
/// <param name="Cells">Which loads of the fan-out to take; null for all.</param>
/// <param name="Window">How far a fan-out's publisher may run ahead of the slowest client; 0 for no such limit.</param>
/// <param name="Variants">Which servers to compare; the first is the reference of the others.</param>
internal sealed record CompareOptions(
    bool IsQuick, IReadOnlyList<string> Measurements, IReadOnlyList<FanoutCell>? Cells, int Window, IReadOnlyList<string> Variants)
{
    /// <summary>How many interleaved rounds are taken of a measurement.</summary>
    public int Rounds => IsQuick ? 3 : 5;

    /// <summary>The servers that can be compared here.</summary>
    public static IReadOnlyList<string> DefaultVariants => NodeServers.AreAvailable ? ServerVariants.All : ServerVariants.DotNet;

    /// <summary>The same with SignalR servers only.</summary>
    public CompareOptions OfSignalR() => this with { Variants = [.. Variants.Where(ServerVariants.SignalR.Contains)] };
}
