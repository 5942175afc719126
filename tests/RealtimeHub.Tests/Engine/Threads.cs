using System.Collections.Concurrent;

namespace RealtimeHub.Tests.Engine;

/// <summary>Runs actions side by side, each on a thread of its own, and passes on what they throw.</summary>
internal static class Threads
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static void Run(params IReadOnlyList<Action> actions)
    {
        var failures = new ConcurrentQueue<Exception>();
        using var start = new ManualResetEventSlim();
        var threads = actions.Select(action => new Thread(() =>
        {
            start.Wait();
            try
            {
                action();
            }
#pragma warning disable CA1031 // Passed on below; unhandled, it would end the test process.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failures.Enqueue(exception);
            }
        })
        { IsBackground = true }).ToList();
        threads.ForEach(t => t.Start());

        start.Set();
        var ended = threads.TrueForAll(t => t.Join(Limit));

        Assert.Empty(failures);
        Assert.True(ended, $"Some of {actions.Count} threads had not ended after {Limit.TotalSeconds} s.");
    }
}
