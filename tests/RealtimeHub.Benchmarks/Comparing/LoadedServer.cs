using System.Diagnostics;
using RealtimeHub.Benchmarks.Load;
using RealtimeHub.Benchmarks.Serving;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>A server process together with the clients that are connected to it.</summary>
/// <remarks>Used by one comparison at a time.</remarks>
internal sealed class LoadedServer : IAsyncDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BurstTimeout = TimeSpan.FromSeconds(60);

    private const int MaxWaits = 50;

    private readonly ClientLoop _loop;
    private readonly ServerProcess _process;
    private readonly List<LoadConnection> _connections = [];
    private readonly Greeting _greeting;

    private LoadedServer(ClientLoop loop, ServerProcess process, string variant)
    {
        _loop = loop;
        _process = process;
        Variant = variant;
        _greeting = variant == ServerVariants.SocketIo ? Greeting.SocketIo : Greeting.SignalR;
    }

    /// <summary>One of <see cref="ServerVariants"/>.</summary>
    public string Variant { get; }

    /// <summary>Starts a server without clients.</summary>
    public static async Task<LoadedServer> StartAsync(ClientLoop loop, string variant, int sendBufferBytes = 0)
    {
        var process = await ServerProcess.StartAsync(new ServeOptions(variant, sendBufferBytes));
        return new LoadedServer(loop, process, variant);
    }

    /// <summary>Connects clients and waits until the server counts all of them.</summary>
    public async Task<LoadConnection[]> ConnectAsync(int count, Func<IReadingPlan>? plan = null)
    {
        var before = await ReportAsync(collect: false);
        var added = await WebSocketConnector.ConnectAsync(_process.Port, _greeting, count, plan);
        _connections.AddRange(added);
        await _loop.AddAsync(added);
        await _process.AskAsync<int>(CommandTimeout, ServerCommands.AwaitConnections, before.Connections + count);
        return added;
    }

    /// <summary>Connects clients that resume after what they have missed; waits until each has so many frames.</summary>
    /// <exception cref="IncompleteRunException">Not every client received everything.</exception>
    public async Task ResumeAsync(int count, int missed)
    {
        var tally = new FrameTally(count, missed);
        var added = await WebSocketConnector.ConnectAsync(_process.Port, Greeting.Resuming, count, opened: connection =>
        {
            connection.BeginRun(tally, Stopwatch.GetTimestamp());
            _ = _loop.AddAsync([connection]);
        });
        _connections.AddRange(added);
        await Task.WhenAny(tally.Completion, Task.Delay(BurstTimeout));
        if (tally.Incomplete > 0 || tally.Missed > 0)
        {
            throw new IncompleteRunException(Variant, count, tally);
        }
    }

    /// <summary>Publishes at a pace and measures what that costs and how late it arrives.</summary>
    public async Task<PacedRun> MeasurePaceAsync(int framesPerSecond, TimeSpan duration, int size)
    {
        var tally = new FrameTally(_connections.Count, 0);
        await BeginAsync(_connections, tally);
        var before = await ReportAsync(collect: false);
        var published = await PaceAsync(framesPerSecond, duration, size);
        var expected = (long)published.Frames * _connections.Count;
        for (var wait = 0; tally.Received < expected && wait < MaxWaits; wait++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        var after = await ReportAsync(collect: false);
        await EndAsync(_connections, published.EndedAt);
        return tally.Received == expected
            ? new PacedRun((after.CpuSeconds - before.CpuSeconds) * 1e6 / tally.Received, tally.Latency.Percentile(0.5), tally.Latency.Percentile(0.99))
            : throw new IncompleteRunException(Variant, _connections.Count, tally);
    }

    /// <summary>Reads the server's figures.</summary>
    public Task<ServerReport> ReportAsync(bool collect) =>
        _process.AskAsync<ServerReport>(CommandTimeout, collect ? ServerCommands.Collect : ServerCommands.Report);

    /// <summary>Publishes flat out and waits until every client has everything.</summary>
    /// <param name="frames">How many frames.</param>
    /// <param name="size">Of how many bytes.</param>
    /// <param name="window">How far the publisher may be ahead of the slowest client; 0 for no such limit.</param>
    /// <exception cref="IncompleteRunException">Not every client received everything.</exception>
    public async Task<BurstResult> BurstAsync(int frames, int size, int window)
    {
        var tally = new FrameTally(_connections.Count, frames)
        {
            Progress = window > 0 ? received => _process.Tell(ServerCommands.Received, received) : null,
        };
        await BeginAsync(_connections, tally);
        var before = await ReportAsync(collect: false);
        var clientBefore = Environment.CpuUsage.TotalTime;
        var publishing = _process.AskAsync<PublishedRun>(BurstTimeout, ServerCommands.Burst, frames, size, window);
        await Task.WhenAny(tally.Completion, Task.Delay(BurstTimeout));
        var clientAfter = Environment.CpuUsage.TotalTime;
        var after = await ReportAsync(collect: false);
        if (tally.Incomplete > 0 || tally.Missed > 0)
        {
            throw new IncompleteRunException(Variant, _connections.Count, tally);
        }

        var published = await publishing;
        await EndAsync(_connections, published.EndedAt);
        var elapsed = Stopwatch.GetElapsedTime(published.StartedAt, await tally.Completion);
        return new BurstResult(
            elapsed, tally.Received, after.CpuSeconds - before.CpuSeconds, (clientAfter - clientBefore).TotalSeconds);
    }

    /// <summary>Starts publishing at a pace.</summary>
    public Task<PublishedRun> PaceAsync(int framesPerSecond, TimeSpan duration, int size) => _process.AskAsync<PublishedRun>(
        duration + CommandTimeout, ServerCommands.Pace, framesPerSecond, duration.TotalSeconds, size);

    /// <summary>Starts counting what the given clients receive.</summary>
    public Task BeginAsync(IReadOnlyCollection<LoadConnection> connections, FrameTally tally) => _loop.InvokeAsync(() =>
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var connection in connections)
        {
            connection.BeginRun(tally, now);
        }
    });

    /// <summary>Stops counting what the given clients receive, of what was published up to a time.</summary>
    public Task EndAsync(IReadOnlyCollection<LoadConnection> connections, long publishedUntil) => _loop.InvokeAsync(() =>
    {
        foreach (var connection in connections)
        {
            connection.EndRun(publishedUntil);
        }
    });

    /// <summary>Connects anew for every planned client that the server has ended; returns how many there were.</summary>
    public async Task<int> ReplaceClosedAsync(Func<IReadingPlan> plan)
    {
        var closed = 0;
        await _loop.InvokeAsync(() => closed = _connections.RemoveAll(connection => connection is { Plan: not null, IsClosed: true }));
        if (closed > 0)
        {
            var added = await WebSocketConnector.ConnectAsync(_process.Port, _greeting, closed, plan);
            _connections.AddRange(added);
            await _loop.AddAsync(added);
        }

        return closed;
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.CloseAsync(_connections);
        await _process.DisposeAsync();
    }
}
