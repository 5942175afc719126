namespace RealtimeHub.Cli.Bench;

/// <summary>How much load there is, within bounds.</summary>
/// <param name="Connections">Readers.</param>
/// <param name="Duration">How long each scenario is measured.</param>
/// <param name="Rate">Frames per second, where they are paced.</param>
/// <param name="Bytes">Size of a frame's content.</param>
internal sealed record BenchLoad(int Connections, TimeSpan Duration, int Rate, int Bytes)
{
    public const int MaxConnections = 10_000;
    public const int MaxSeconds = 600;
    public const int MaxRate = 2_000;
    public const int MaxBytes = 60_000;

    /// <summary>How long anything but the measurement itself may take.</summary>
    public TimeSpan Limit { get; } = TimeSpan.FromSeconds(60);
}
