namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>One burst of frames to all clients of a server.</summary>
/// <param name="Elapsed">From the first send until the last client had the last frame.</param>
/// <param name="Delivered">Frames received, over all clients.</param>
/// <param name="ServerCpuSeconds">Processor time of the server process.</param>
/// <param name="ClientCpuSeconds">Processor time of the load clients.</param>
internal sealed record BurstResult(TimeSpan Elapsed, long Delivered, double ServerCpuSeconds, double ClientCpuSeconds)
{
    /// <summary>Frames delivered per second.</summary>
    public double Rate => Delivered / Elapsed.TotalSeconds;

    /// <summary>Processor time of the server for one delivered frame, in microseconds.</summary>
    public double ServerCpuMicrosecondsPerFrame => ServerCpuSeconds * 1e6 / Delivered;

    /// <summary>How busy the load clients kept their one thread; near 1, they are what limits the rate.</summary>
    public double ClientBusy => ClientCpuSeconds / Elapsed.TotalSeconds;
}
