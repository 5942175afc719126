using Microsoft.Extensions.Hosting;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Engine.Liveness;

/// <summary>Looks at every connection once a second: heartbeats that are due, connections that idle; and at every log once a minute.</summary>
internal sealed class LivenessService(
    HubConnections connections, ChannelDirectory directory, EngineContext engine, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private const int TicksPerTrim = 60;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private ITimer? _timer;
    private CancellationTokenRegistration _stopping;
    private long _ticks;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopping = lifetime.ApplicationStopping.Register(CloseAll);
        _timer = engine.Clock.CreateTimer(static state => ((LivenessService)state!).Tick(), this, Interval, Interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _stopping.Dispose();
    }

    // SignalR cuts its connections right after this; what is told here needs a moment to go out.
    private void CloseAll()
    {
        foreach (var pump in connections.Pumps)
        {
            pump.Close(CloseReasons.ServerShutdown, "The server is stopping.");
        }

        SpinWait.SpinUntil(() => connections.Count == 0, engine.Options.CloseTimeout);
    }

    private void Tick()
    {
        var tick = Interlocked.Increment(ref _ticks);
        var now = engine.Clock.GetUtcNow();
        var period = Math.Max(1, (long)engine.Options.HeartbeatInterval.TotalSeconds);
        foreach (var pump in connections.Pumps)
        {
            // Spread over the interval, so that not all connections are written to in the same second.
            if ((tick + (uint)pump.ConnectionId.GetHashCode(StringComparison.Ordinal)) % period == 0)
            {
                pump.Heartbeat();
            }

            CloseIfIdle(pump, now);
            if (pump.Stuck >= engine.Options.SendTimeout)
            {
                pump.Abort();
            }
        }

        if (tick % TicksPerTrim == 0)
        {
            directory.Trim();
        }
    }

    private void CloseIfIdle(ConnectionPump pump, DateTimeOffset now)
    {
        if (pump.Subscriptions.Count > 0 || pump.OpenCalls > 0)
        {
            pump.NoteActivity();
        }
        else if (now - pump.LastCall >= engine.Options.IdleTimeout)
        {
            pump.Close(CloseReasons.Idle, $"No subscription and no call for {engine.Options.IdleTimeout.TotalSeconds:0} s.");
        }
    }
}
