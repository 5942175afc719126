namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Makes rates of two readings of what only counts up.</summary>
internal static class Rates
{
    /// <summary>How much per second; 0 when no time has passed or the count was reset.</summary>
    public static double PerSecond(long before, long now, TimeSpan elapsed) =>
        elapsed > TimeSpan.Zero && now > before ? Rounded((now - before) / elapsed.TotalSeconds) : 0;

    /// <summary>The part of the whole, 0 to 100; 0 when there is no whole.</summary>
    public static double Percent(double part, double whole) => whole > 0 ? Rounded(Math.Clamp(part / whole * 100, 0, 100)) : 0;

    /// <summary>How busy the machine was between two readings; nothing when it does not tell, or did not tick.</summary>
    public static double? BusyPercent(CpuTicks? before, CpuTicks? now) =>
        before is { } b && now is { } n && n.Total > b.Total ? Percent(n.Busy - b.Busy, n.Total - b.Total) : null;

    // Two decimals are more than a sample is worth.
    private static double Rounded(double value) => Math.Round(value, 2);
}
