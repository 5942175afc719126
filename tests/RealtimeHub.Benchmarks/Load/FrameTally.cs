using System.Diagnostics;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>Counts what a set of connections receives during one run.</summary>
/// <remarks>Written only by the client loop; read by others after <see cref="Completion"/> or after the loop has let go of it.</remarks>
/// <param name="connections">How many connections count here.</param>
/// <param name="framesEach">How many frames complete a connection; 0 if the run ends by time.</param>
internal sealed class FrameTally(int connections, int framesEach)
{
    private const int MilestoneFrames = 8;

    private readonly TaskCompletionSource<long> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int[] _atMilestone = new int[(framesEach / MilestoneFrames) + 1];
    private int _milestone = 1;
    private int _complete;

    /// <summary>Completes with the time at which the last connection received its last frame, or one of them ended.</summary>
    public Task<long> Completion => _completion.Task;

    /// <summary>How many connections have not received everything yet.</summary>
    public int Incomplete => connections - Volatile.Read(ref _complete);

    /// <summary>Told on the loop's thread how many frames every connection has, every few frames.</summary>
    public Action<int>? Progress { get; init; }

    /// <summary>How many connections ended during the run.</summary>
    public int Closed { get; private set; }

    /// <summary>From sending to receiving, over all connections.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>The longest time that any connection went without a frame.</summary>
    public TimeSpan LongestSilence { get; private set; }

    /// <summary>Frames received.</summary>
    public long Received { get; private set; }

    /// <summary>Frames that were missing or out of order when a later one arrived.</summary>
    public long Missed { get; private set; }

    /// <summary>Counts one frame of one connection.</summary>
    /// <param name="connectionFrames">How many frames the connection has received in this run, this one included.</param>
    /// <param name="latency">From sending to receiving, in ticks.</param>
    /// <param name="silence">Since the connection's frame before, in ticks.</param>
    /// <param name="missed">How many frames lie between the two.</param>
    /// <param name="now">The time.</param>
    public void Count(int connectionFrames, long latency, long silence, int missed, long now)
    {
        Received++;
        Missed += missed;
        Latency.Record(latency);
        CountSilence(silence);
        if (connectionFrames % MilestoneFrames == 0 && framesEach > 0)
        {
            Advance(connectionFrames / MilestoneFrames);
        }

        if (connectionFrames == framesEach)
        {
            if (++_complete == connections)
            {
                _completion.TrySetResult(now);
            }
        }
    }

    /// <summary>Counts a connection that has ended.</summary>
    public void CountClosed(long now)
    {
        Closed++;
        _completion.TrySetResult(now);
    }

    /// <summary>Counts a time that a connection went without a frame, such as the one at the end of a run.</summary>
    public void CountSilence(long ticks)
    {
        var silence = Stopwatch.GetElapsedTime(0, ticks);
        LongestSilence = silence > LongestSilence ? silence : LongestSilence;
    }

    private void Advance(int reached)
    {
        if (Progress is null || reached >= _atMilestone.Length)
        {
            return;
        }

        _atMilestone[reached]++;
        var before = _milestone;
        while (_milestone < _atMilestone.Length && _atMilestone[_milestone] == connections)
        {
            _milestone++;
        }

        if (_milestone > before)
        {
            Progress((_milestone - 1) * MilestoneFrames);
        }
    }
}
