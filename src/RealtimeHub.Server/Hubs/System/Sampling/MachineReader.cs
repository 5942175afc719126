using System.Diagnostics;
using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Reads what this machine and this process tell about themselves. Thread-safe.</summary>
internal sealed class MachineReader
{
    private readonly TimeProvider _time;
    private readonly long _created;
    private readonly TimeSpan _ageWhenCreated;
    private readonly string? _mount;

    public MachineReader(IHostEnvironment environment, TimeProvider time)
    {
        _time = time;
        _created = time.GetTimestamp();
        using var process = Process.GetCurrentProcess();

        // The start of the process is an instant of the system's own clock, whatever clock is injected.
        _ageWhenCreated = TimeProvider.System.GetUtcNow() - process.StartTime.ToUniversalTime();
        _mount = Mounts.Of(environment.ContentRootPath, Mounts.All());
    }

    public MachineReading Read()
    {
        using var process = Process.GetCurrentProcess();
        var heap = GC.GetGCMemoryInfo();
        return new MachineReading
        {
            Processors = Environment.ProcessorCount,
            ProcessCpu = Environment.CpuUsage.TotalTime,
            MachineCpu = ProcText.ParseCpu(ProcText.Read("/proc/stat")),
            LoadAverage1m = ProcText.ParseLoadAverage(ProcText.Read("/proc/loadavg")),
            Memory = new MemoryStatus(
                Environment.WorkingSet,
                heap.HeapSizeBytes,
                heap.TotalAvailableMemoryBytes,
                ProcText.ParseMemoryAvailable(ProcText.Read("/proc/meminfo"))),
            Collections = (GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)),
            Paused = GC.GetTotalPauseDuration(),
            AllocatedBytes = GC.GetTotalAllocatedBytes(),
            Threads = new ThreadStatus(process.Threads.Count, ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount),
            Disk = _mount is null ? null : Mounts.Read(_mount),
            Uptime = _ageWhenCreated + _time.GetElapsedTime(_created),
        };
    }
}
