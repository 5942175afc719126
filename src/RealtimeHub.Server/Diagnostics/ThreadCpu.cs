using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RealtimeHub.Server.Diagnostics;

/// <summary>How long the processor has worked for the calling thread.</summary>
/// <remarks>Of two readings on one thread only the difference means something. Where the system does not tell, time passes as on a clock, which is never less.</remarks>
internal static class ThreadCpu
{
    private const int LinuxClock = 3;
    private const int MacClock = 16;
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static long Nanoseconds()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            if (GetTime(OperatingSystem.IsLinux() ? LinuxClock : MacClock, out var time) == 0)
            {
                return ((long)time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
            }
        }

        return (long)(Stopwatch.GetTimestamp() * ((double)NanosecondsPerSecond / Stopwatch.Frequency));
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Instant time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instant
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
