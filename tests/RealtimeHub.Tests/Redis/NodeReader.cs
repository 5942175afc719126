using RealtimeHub.Client;
using RealtimeHub.Client.Accounting;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Tests.Redis;

/// <summary>A client that reads all events and keeps what it was shown. Thread-safe.</summary>
internal sealed class NodeReader : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly RealtimeClient _client;
    private readonly List<FrameEnvelope> _frames = [];
    private readonly List<string> _notices = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Subscription _subscription = null!;

    private NodeReader(RealtimeClient client) => _client = client;

    public CoverageTotals Totals => _subscription.Coverage.Totals();

    public IReadOnlyList<FrameEnvelope> Frames
    {
        get
        {
            lock (_gate)
            {
                return [.. _frames];
            }
        }
    }

    /// <summary>Degraded, restored and new epochs, in their order.</summary>
    public IReadOnlyList<string> Notices
    {
        get
        {
            lock (_gate)
            {
                return [.. _notices];
            }
        }
    }

    public static async Task<NodeReader> StartAsync(RealtimeClient client)
    {
        var reader = new NodeReader(client);
        reader._subscription = await client.Events.SubscribeAsync(
            new SubscribeEventsRequest { Policy = "lossless" }, (item, _) => reader.Take(item), TestContext.Current.CancellationToken);
        return reader;
    }

    /// <summary>Waits until it was shown every one of these.</summary>
    public Task WaitForAsync(IReadOnlyCollection<string> eventIds) =>
        WaitAsync(() => eventIds.All(_frames.Select(f => f.EventId).ToHashSet().Contains), () => $"{eventIds.Count} events; {_frames.Count} came, notices {string.Join(' ', _notices)}");

    /// <summary>Waits for a notice.</summary>
    public Task WaitForNoticeAsync(string notice) => WaitAsync(() => _notices.Contains(notice), () => $"{notice}; got {string.Join(' ', _notices)}");

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task WaitAsync(Func<bool> isEnough, Func<string> what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (isEnough())
                {
                    return;
                }

                arrived = _arrived.Task;
            }

            try
            {
                await arrived.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                lock (_gate)
                {
                    Assert.Fail($"Waited for {what()}.");
                }
            }
        }
    }

    private ValueTask Take(StreamItem item)
    {
        TaskCompletionSource arrived;
        lock (_gate)
        {
            switch (item)
            {
                case { Frame: { } frame }:
                    _frames.Add(frame);
                    break;
                case { Degraded: { } degraded }:
                    _notices.Add(degraded.Reason);
                    break;
                case { Restored: not null }:
                    _notices.Add("restored");
                    break;
                case { Subscribed.Reason: { } reason }:
                    _notices.Add(reason);
                    break;
            }

            (arrived, _arrived) = (_arrived, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        arrived.SetResult();
        return ValueTask.CompletedTask;
    }
}
