namespace RealtimeHub.Cli.Recording;

/// <summary>Lets frames come as far apart as they happened, or so many times closer. Used by one loop.</summary>
/// <param name="time">The clock.</param>
/// <param name="speed">How many times as fast; 0 is at once.</param>
internal sealed class ReplayPace(TimeProvider time, double speed)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    private DateTimeOffset? _first;
    private long _started;

    /// <summary>Waits until a frame of this time is due; the first is due at once.</summary>
    public async ValueTask WaitForAsync(DateTimeOffset happened, CancellationToken cancellationToken)
    {
        if (_first is null)
        {
            (_first, _started) = (happened, time.GetTimestamp());
        }

        if (speed == 0)
        {
            return;
        }

        var due = Math.Min((happened - _first.Value) / speed / Longest, 1) * Longest;
        if (due - time.GetElapsedTime(_started) is { } wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
