using System.Diagnostics;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Publishes numbered frames, flat out or at a pace.</summary>
internal sealed class FramePublisher(IBenchPublisher publisher)
{
    /// <summary>Publishes frames one after the other, each as soon as the one before is let go.</summary>
    public async Task<PublishedRun> BurstAsync(int frames, int size)
    {
        var start = Stopwatch.GetTimestamp();
        for (var number = 1; number <= frames; number++)
        {
            await publisher.PublishAsync(FramePayload.Create(size, Stopwatch.GetTimestamp(), number));
        }

        return new PublishedRun(frames, start, Stopwatch.GetTimestamp());
    }

    /// <summary>Publishes frames on a schedule until a time has passed.</summary>
    /// <remarks>
    /// A frame that is late because the one before was not let go carries the time it was due: the wait is part of what its
    /// readers see. That the timer itself wakes late is not.
    /// </remarks>
    public async Task<PublishedRun> PaceAsync(int framesPerSecond, double seconds, int size)
    {
        var start = Stopwatch.GetTimestamp();
        var number = 0;
        while (true)
        {
            var due = start + (long)(number * (double)Stopwatch.Frequency / framesPerSecond);
            if (Stopwatch.GetElapsedTime(start).TotalSeconds >= seconds || Stopwatch.GetElapsedTime(start, due).TotalSeconds >= seconds)
            {
                return new PublishedRun(number, start, Stopwatch.GetTimestamp());
            }

            var sentAt = await WaitUntilAsync(due);
            await publisher.PublishAsync(FramePayload.Create(size, sentAt, ++number));
        }
    }

    private static async ValueTask<long> WaitUntilAsync(long due)
    {
        var now = Stopwatch.GetTimestamp();
        if (now >= due)
        {
            return due;
        }

        do
        {
            await Task.Delay(1);
            now = Stopwatch.GetTimestamp();
        }
        while (now < due);
        return now;
    }
}
