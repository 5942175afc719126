namespace RealtimeHub.Client.Transport;

/// <summary>Lets a connection read on only while few of the messages it has read are unhandled, so that a slow receiver slows the server and not the memory.</summary>
/// <remarks>
/// Thread-safe. While a call waits for its answer the window stays open: the answer may stand behind frames, and the one
/// who waits for it may be the one who is to handle them.
/// </remarks>
internal sealed class ReceiveWindow(int limit)
{
    private readonly Lock _gate = new();
    private int _unhandled;
    private int _calls;
    private TaskCompletionSource? _opened;
    private TaskCompletionSource? _drained;

    private bool IsOpen => _unhandled < limit || _calls > 0;

    /// <summary>A message has been read.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            _unhandled++;
        }
    }

    /// <summary>A message has been handled.</summary>
    public void Leave() => Change(messages: -1, calls: 0);

    /// <summary>A call begins to wait for its answer.</summary>
    public void BeginCall() => Change(messages: 0, calls: 1);

    /// <summary>A call has ended.</summary>
    public void EndCall() => Change(messages: 0, calls: -1);

    /// <summary>Completes once the window is open.</summary>
    public Task OpenAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return IsOpen
                ? Task.CompletedTask
                : (_opened ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Completes once every message that was read is handled.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _unhandled == 0
                ? Task.CompletedTask
                : (_drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
        }
    }

    private void Change(int messages, int calls)
    {
        TaskCompletionSource? opened = null;
        TaskCompletionSource? drained = null;
        lock (_gate)
        {
            _unhandled += messages;
            _calls += calls;
            if (IsOpen)
            {
                (opened, _opened) = (_opened, null);
            }

            if (_unhandled == 0)
            {
                (drained, _drained) = (_drained, null);
            }
        }

        opened?.SetResult();
        drained?.SetResult();
    }
}
