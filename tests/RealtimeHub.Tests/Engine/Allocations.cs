namespace RealtimeHub.Tests.Engine;

/// <summary>Counts what a piece of code allocates on this thread.</summary>
internal static class Allocations
{
    /// <summary>The bytes of a thousand runs, after a warm-up.</summary>
    public static long OfThousand(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
