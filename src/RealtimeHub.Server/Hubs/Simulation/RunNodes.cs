using System.Collections.Concurrent;
using System.Threading.Channels;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;
using Channel = System.Threading.Channels.Channel;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>What runs say to other nodes, and ask of them. Thread-safe.</summary>
internal sealed class RunNodes(NodeLogs logs, ISharedState shared, TimeProvider clock)
{
    private const string Log = "runs";
    private const int MaxWaiting = 10_000;

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    private readonly Channel<RunEntry> _waiting = Channel.CreateBounded<RunEntry>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly ConcurrentDictionary<string, (string RunId, TaskCompletionSource<RunResult> Done)> _orders = new(StringComparer.Ordinal);

    public bool AreShared => shared.IsShared;

    public string Node => shared.Node;

    public TimeSpan LeaseTime => shared.LeaseTime;

    /// <summary>Takes or keeps a run, which one node computes.</summary>
    public ValueTask<bool> TryHoldAsync(string runId) => shared.TryHoldAsync($"run:{runId}");

    public ValueTask ReleaseAsync(string runId) => shared.ReleaseAsync($"run:{runId}");

    /// <summary>Tells all nodes, and returns when it is kept.</summary>
    /// <exception cref="ChannelStoreUnavailableException">The store is away; nobody was told.</exception>
    public ValueTask TellAsync(RunEntry entry) => logs.TellAsync(Log, entry, RunJsonContext.Default.RunEntry);

    /// <summary>Tells all nodes soon.</summary>
    public void TellSoon(RunEntry entry)
    {
        if (AreShared)
        {
            _waiting.Writer.TryWrite(entry);
        }
    }

    /// <summary>Has the node that computes a run do something to it.</summary>
    public async Task<RunResult> OrderAsync(string runId, RunOrder order)
    {
        var id = Guid.NewGuid().ToString("N");
        var done = new TaskCompletionSource<RunResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders[id] = (runId, done);
        try
        {
            await TellAsync(new RunEntry(runId, Node) { Order = order with { Id = id } });
            return await done.Task;
        }
        catch (ChannelStoreUnavailableException)
        {
            return new RunResult { Error = ErrorCodes.Unavailable.With("The node that computes the run cannot be reached now.") };
        }
        finally
        {
            _orders.TryRemove(id, out _);
        }
    }

    public void Answered(RunAnswer answer)
    {
        if (_orders.TryGetValue(answer.Id, out var order))
        {
            order.Done.TrySetResult(answer.Result);
        }
    }

    /// <summary>Nobody answers what was asked of the node that computed a run.</summary>
    public void GiveUpOrders(string runId, ProtocolError why)
    {
        foreach (var order in _orders.Values.Where(o => o.RunId == runId))
        {
            order.Done.TrySetResult(new RunResult { Error = why });
        }
    }

    /// <summary>Hears what is told of runs, from the oldest that is kept.</summary>
    public Task HearAsync(Action<RunEntry> heard, Action lost, CancellationToken cancellationToken) => logs.HearAsync(
        Log,
        StartPoint.Oldest,
        entry =>
        {
            heard(entry.To(RunJsonContext.Default.RunEntry)!);
            return ValueTask.CompletedTask;
        },
        () =>
        {
            lost();
            return ValueTask.CompletedTask;
        },
        null,
        cancellationToken);

    /// <summary>Tells what waits, until the token is cancelled.</summary>
    public async Task TellWaitingAsync(CancellationToken cancellationToken)
    {
        await foreach (var entry in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            while (!await TryTellAsync(entry))
            {
                await Task.Delay(Again, clock, cancellationToken);
            }
        }
    }

    private async Task<bool> TryTellAsync(RunEntry entry)
    {
        try
        {
            await TellAsync(entry);
            return true;
        }
        catch (ChannelStoreUnavailableException)
        {
            return false;
        }
    }
}
