namespace RealtimeHub.Benchmarks.Serving;

/// <summary>What a server process has used.</summary>
/// <param name="CpuSeconds">Processor time since the start.</param>
/// <param name="HeapBytes">The managed heap; after a full collection if one was asked for.</param>
/// <param name="WorkingSetBytes">Resident memory of the process.</param>
/// <param name="AllocatedBytes">Bytes allocated since the start.</param>
/// <param name="Connections">Connections that have joined their group and not ended.</param>
internal sealed record ServerReport(double CpuSeconds, long HeapBytes, long WorkingSetBytes, long AllocatedBytes, int Connections)
{
    /// <summary>Takes stock of this process.</summary>
    /// <param name="collect">Whether to collect all garbage first, which pauses the process.</param>
    /// <param name="connections">Connections that have joined their group and not ended.</param>
    public static ServerReport Take(bool collect, int connections)
    {
        if (collect)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        }

        return new ServerReport(
            Environment.CpuUsage.TotalTime.TotalSeconds,
            GC.GetTotalMemory(forceFullCollection: false),
            Environment.WorkingSet,
            GC.GetTotalAllocatedBytes(),
            connections);
    }
}
