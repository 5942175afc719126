using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>One thread that reads all connections, so that thousands of clients cost little beside the server they measure.</summary>
/// <remarks>The public members are thread-safe; the rest runs on the loop's own thread.</remarks>
internal sealed class ClientLoop : IDisposable
{
    private const int TickMs = 5;
    private const int BufferBytes = 256 * 1024;

    private readonly Epoll _epoll = new();
    private readonly ConcurrentQueue<Action> _work = new();
    private readonly List<LoadConnection?> _eager = [];
    private readonly Stack<int> _freeSlots = new();
    private readonly List<LoadConnection> _planned = [];
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly Thread _thread;
    private long _lastTick;
    private volatile bool _isStopping;

    public ClientLoop()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "load clients" };
        _thread.Start();
    }

    /// <summary>Starts reading connections.</summary>
    public Task AddAsync(IReadOnlyCollection<LoadConnection> connections) => InvokeAsync(() =>
    {
        foreach (var connection in connections)
        {
            Add(connection);
        }
    });

    /// <summary>Stops reading connections and closes them.</summary>
    public Task CloseAsync(IReadOnlyCollection<LoadConnection> connections) => InvokeAsync(() =>
    {
        foreach (var connection in connections)
        {
            connection.Dispose();
        }

        for (var slot = 0; slot < _eager.Count; slot++)
        {
            if (_eager[slot] is { IsClosed: true })
            {
                Forget(slot);
            }
        }

        _planned.RemoveAll(connection => connection.IsClosed);
    });

    /// <summary>Runs something between two reads, on the loop's thread, where connections may be touched.</summary>
    public Task InvokeAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Enqueue(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        _epoll.Dispose();
        foreach (var connection in _eager.Concat(_planned))
        {
            connection?.Dispose();
        }
    }

    private void Run()
    {
        while (!_isStopping)
        {
            var ready = _epoll.Wait(TickMs);
            var now = Stopwatch.GetTimestamp();
            for (var i = 0; i < ready; i++)
            {
                ReadEager(_epoll.Slot(i));
            }

            if (Stopwatch.GetElapsedTime(_lastTick, now).TotalMilliseconds >= TickMs)
            {
                _lastTick = now;
                Tick(now);
            }
        }
    }

    private void Tick(long now)
    {
        while (_work.TryDequeue(out var action))
        {
            action();
        }

        for (var i = _planned.Count - 1; i >= 0; i--)
        {
            ReadPlanned(_planned[i], now);
            if (_planned[i].IsClosed)
            {
                _planned[i].Dispose();
                _planned.RemoveAt(i);
            }
        }
    }

    private void Add(LoadConnection connection)
    {
        if (connection.Plan is not null)
        {
            _planned.Add(connection);
            return;
        }

        if (!_freeSlots.TryPop(out var slot))
        {
            slot = _eager.Count;
            _eager.Add(null);
        }

        _eager[slot] = connection;
        _epoll.Add(connection.Socket, slot);
    }

    private void Forget(int slot)
    {
        _eager[slot]?.Dispose();
        _eager[slot] = null;
        _freeSlots.Push(slot);
    }

    private void ReadEager(int slot)
    {
        if (_eager[slot] is not { } connection)
        {
            return;
        }

        Read(connection, BufferBytes);
        if (connection.IsClosed)
        {
            Forget(slot);
        }
    }

    private void ReadPlanned(LoadConnection connection, long now)
    {
        var allowance = connection.Plan!.Allowance(now);
        while (allowance > 0 && !connection.IsClosed)
        {
            var asked = Math.Min(allowance, BufferBytes);
            var received = Read(connection, asked);
            connection.Plan.Used(received);
            allowance = received < asked ? 0 : allowance - received;
        }
    }

    private int Read(LoadConnection connection, int limit)
    {
        var received = connection.Socket.Receive(_buffer.AsSpan(0, limit), SocketFlags.None, out var error);
        if (error == SocketError.Success && received > 0)
        {
            connection.Receive(_buffer.AsSpan(0, received), Stopwatch.GetTimestamp());
            return received;
        }

        if (error != SocketError.WouldBlock)
        {
            connection.Dispose();
        }

        return 0;
    }
}
