using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Tests.Engine.Cursors;

namespace RealtimeHub.Tests.Engine.Pumps;

/// <summary>A connection whose writes complete at once, or when the test says so, or fail. Fails on two writes at a time.</summary>
#pragma warning disable CA1001 // Nothing waits on the source that would outlive its test.
internal sealed class ScriptedSink : IFrameSink
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<(string Text, int Thread)> _written = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waits = [];
    private TaskCompletionSource? _unfinished;
    private int _writing;

    /// <summary>Whether writes do not complete.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Decides how each write goes on, by its number, when it is not stalled.</summary>
    public Func<int, ValueTask> Script { get; set; } = _ => default;

    public CancellationToken Closed => _closed.Token;

    /// <summary>Ends when the connection was cut.</summary>
    public Task Aborted => _aborted.Task;

    public bool HasOverlapped { get; private set; }

    public List<string> Written
    {
        get
        {
            lock (_gate)
            {
                return [.. _written.Select(w => w.Text)];
            }
        }
    }

    public int WrittenBy(int thread)
    {
        lock (_gate)
        {
            return _written.Count(w => w.Thread == thread);
        }
    }

    /// <summary>Ends when so many writes were started.</summary>
    public Task WrittenAsync(int count)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_written.Count >= count)
            {
                return Task.CompletedTask;
            }

            _waits.Add((count, reached));
            return reached.Task;
        }
    }

    public TimeSpan Stuck => TimeSpan.Zero;

    public ValueTask WriteAsync(Frame frame) => Write(frame.Envelope is null ? RawText(frame.Message.Message) : $"frame {frame.Offset}");

    public ValueTask WriteAsync(HubMessage message) => Write(message switch
    {
        InvocationMessage { Arguments: [var notice] } => DeliveryText.OfNotice(notice, "?"),
        CloseMessage close => $"close {close.AllowReconnect}",
        _ => "?",
    });

    public ValueTask FlushAsync(bool isBurst) => default;

    public void Abort()
    {
        _closed.Cancel();
        _aborted.TrySetResult();
    }

    /// <summary>Lets the unfinished write complete, on this thread.</summary>
    public void Resume(Exception? failure = null)
    {
        IsStalled = false;
        var unfinished = _unfinished ?? throw new InvalidOperationException("No write is unfinished.");
        _unfinished = null;
        Volatile.Write(ref _writing, 0);
        if (failure is null)
        {
            unfinished.SetResult();
        }
        else
        {
            unfinished.SetException(failure);
        }
    }

    private static string RawText(HubMessage? message) => (string)((InvocationMessage)message!).Arguments[0]!;

    private ValueTask Write(string text)
    {
        HasOverlapped |= Interlocked.Exchange(ref _writing, 1) != 0;
        int number;
        lock (_gate)
        {
            _written.Add((text, Environment.CurrentManagedThreadId));
            number = _written.Count;
            foreach (var (_, reached) in _waits.Where(w => w.Count <= number))
            {
                reached.TrySetResult();
            }
        }

        if (IsStalled)
        {
            _unfinished = new TaskCompletionSource();
            return new ValueTask(_unfinished.Task);
        }

        return Finish(Script(number));
    }

    private ValueTask Finish(ValueTask write)
    {
        if (write.IsCompleted)
        {
            Volatile.Write(ref _writing, 0);
            return write;
        }

        return FinishLaterAsync(write);
    }

    private async ValueTask FinishLaterAsync(ValueTask write)
    {
        await write;
        Volatile.Write(ref _writing, 0);
    }
}
