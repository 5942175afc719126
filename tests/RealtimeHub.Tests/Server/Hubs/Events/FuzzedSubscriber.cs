using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Events;

/// <summary>A client that does random things, and whose books must be complete at the end whatever it did.</summary>
internal sealed class FuzzedSubscriber(HubServer server, Random random) : IAsyncDisposable
{
    private static readonly string[] Cameras = ["a", "b", "c"];
    private static readonly string[] Policies = ["drop_oldest", "drop_newest", "compress", "conflate", "lossless"];

    private HubProbe? _probe;
    private string? _camera;
    private string _policy = "lossless";
    private string _epoch = "";
    private bool _isSubscribed;

    public static string Camera(Random random) => Cameras[random.Next(Cameras.Length)];

    public async Task StepAsync(long newest, string epoch)
    {
        _epoch = epoch;
        switch (random.Next(8))
        {
            case 0:
                await UnsubscribeAsync();
                break;
            case 1:
                _probe?.Pause();
                break;
            case 2:
                _probe?.Resume();
                break;
            case 3 when _isSubscribed && _probe is not null:
                _probe.Resume();
                await _probe.CallAsync("Resync", new { id = "s", from = new { epoch, sequence = random.NextInt64(newest + 1) } });
                break;
            case 4:
                await ReconnectAsync();
                break;
            default:
                await SubscribeAsync(newest);
                break;
        }
    }

    /// <summary>Lets everything arrive and checks the books.</summary>
    /// <param name="newest">The newest offset of the channel.</param>
    /// <param name="cameraOf">The camera of each event.</param>
    /// <param name="heartbeatAsync">Makes a heartbeat due.</param>
    public async Task CheckAsync(long newest, Func<long, string> cameraOf, Action heartbeatAsync)
    {
        _probe?.Resume();
        if (!_isSubscribed)
        {
            await SubscribeAsync(newest);
        }

        // The answer of a resync stands behind everything that was pushed before it was asked.
        var ledger = DeliveryLedger.Read(_probe!.All)[^1];
        await _probe.CallAsync("Resync", new { id = "s", from = new { epoch = _epoch, sequence = Math.Min(newest, ledger.AccountedUpTo) } });
        IReadOnlyList<HubPush> pushes = [];
        for (var beats = 0; !IsUpTo(pushes, newest); beats++)
        {
            var count = _probe.All.Count(p => p.Target == "Heartbeat");
            heartbeatAsync();
            await _probe.WaitForAsync("Heartbeat", count + 1);
            pushes = _probe.All;
            Assert.True(beats < 100, "The positions of the heartbeats never reach the newest frame.");
        }

        var ledgers = DeliveryLedger.Read(pushes);
        ledgers[^1].AssertComplete(newest);
        Assert.All(ledgers.SelectMany(l => l.Received), o => Assert.True(_camera is null || cameraOf(o) == _camera, $"{o} does not match the filter."));
        if (_policy == "lossless")
        {
            Assert.All(Enumerable.Range((int)ledgers[^1].Start + 1, (int)(newest - ledgers[^1].Start)), o =>
                Assert.True(!ledgers[^1].IsSkipped(o) || cameraOf(o) != _camera, $"{o} matches the filter and was skipped."));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_probe is not null)
        {
            await _probe.DisposeAsync();
        }
    }

    private static bool IsUpTo(IReadOnlyList<HubPush> pushes, long newest) =>
        pushes.LastOrDefault(p => p.Target == "Heartbeat") is { } beat
        && beat["positions"].GetArrayLength() == 1
        && beat["positions"][0].GetProperty("sequence").GetInt64() == newest;

    private async Task UnsubscribeAsync()
    {
        if (_probe is not null && _isSubscribed)
        {
            _probe.Resume();
            await _probe.CallAsync("Unsubscribe", new { id = "s" });
            await _probe.DisposeAsync();
            (_probe, _isSubscribed) = (null, false);
        }
    }

    private async Task SubscribeAsync(long newest)
    {
        if (_isSubscribed)
        {
            return;
        }

        _probe ??= await HubProbe.ConnectAsync(server.Uri, "/hubs/events?receive_all=false");
        _camera = random.Next(2) == 0 ? null : Camera(random);
        _policy = Policies[random.Next(Policies.Length)];
        await JoinAsync(random.NextInt64(newest + 1));
    }

    // As a client does after a broken network: same terms, after what it has accounted for.
    private async Task ReconnectAsync()
    {
        if (_probe is null || !_isSubscribed)
        {
            return;
        }

        var from = DeliveryLedger.Read(_probe.All) is [.., var ledger] ? ledger.AccountedUpTo : 0;
        _probe.Abort();
        await _probe.DisposeAsync();
        _probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events?receive_all=false");
        await JoinAsync(from);
    }

    private async Task JoinAsync(long from)
    {
        var result = await _probe!.CallAsync("Subscribe", new
        {
            id = "s",
            events = new[] { "*" },
            policy = _policy,
            max_lag_frames = 20,
            filter = _camera is null ? null : (object)new { tag = "camera_id", op = "eq", value = _camera },
            from = new { epoch = _epoch, sequence = from },
        });
        Assert.False(result.TryGetProperty("error", out var error), error.ToString());
        await _probe.WaitForAsync("Subscribed");
        _isSubscribed = true;
    }
}
