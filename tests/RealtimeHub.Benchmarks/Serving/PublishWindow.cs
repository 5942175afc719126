namespace RealtimeHub.Benchmarks.Serving;

/// <summary>How far a publisher may run ahead of what the clients report as received by all of them.</summary>
/// <remarks>Thread-safe. One publisher waits.</remarks>
internal sealed class PublishWindow
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private int _received;

    /// <summary>Forgets what was received in the run before.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _received = 0;
        }
    }

    /// <summary>Notes that every client has so many frames.</summary>
    public void Report(int received)
    {
        lock (_gate)
        {
            _received = Math.Max(_received, received);
            _waiting?.TrySetResult();
            _waiting = null;
        }
    }

    /// <summary>Waits until a frame is within so many of those that every client has.</summary>
    public async ValueTask WaitAsync(int number, int frames)
    {
        while (true)
        {
            Task reported;
            lock (_gate)
            {
                if (number <= _received + frames)
                {
                    return;
                }

                _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                reported = _waiting.Task;
            }

            await reported;
        }
    }
}
