using System.Diagnostics;

namespace RealtimeHub.Benchmarks.Serving;

/// <summary>Publishes numbered frames, flat out or at a pace.</summary>
internal sealed class FramePublisher(IBenchPublisher publisher)
{
    /// <summary>Says how far the publisher may go when it has a window.</summary>
    public PublishWindow Window { get; } = new();

    /// <summary>Publishes frames one after the other, each as soon as the one before is let go.</summary>
    /// <param name="frames">How many.</param>
    /// <param name="size">Of how many bytes.</param>
    /// <param name="window">At most so many ahead of what every client has; 0 for no such limit.</param>
    public async Task<PublishedRun> BurstAsync(int frames, int size, int window)
    {
        Window.Reset();
        var start = Stopwatch.GetTimestamp();
        for (var number = 1; number <= frames; number++)
        {
            if (window > 0)
            {
                await Window.WaitAsync(number, window);
            }

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
