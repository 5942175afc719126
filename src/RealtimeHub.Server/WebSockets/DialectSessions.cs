using System.Collections.Concurrent;

namespace RealtimeHub.Server.WebSockets;

/// <summary>All sessions of this node; looks at each about once a second. Thread-safe.</summary>
internal sealed class DialectSessions(TimeProvider clock, ILogger<DialectSessions> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<DialectSession, bool> _sessions = new();
    private ITimer? _timer;

    /// <summary>Adds a session until the result is disposed.</summary>
    public IDisposable Add(DialectSession session)
    {
        _sessions[session] = true;
        return new Leaving(this, session);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = clock.CreateTimer(static state => ((DialectSessions)state!).Tick(), this, Interval, Interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    private void Tick()
    {
        foreach (var (session, _) in _sessions)
        {
            try
            {
                session.Tick();
            }
#pragma warning disable CA1031 // A timer has nobody to throw to, and the other sessions go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                DialectLog.TickFailed(logger, exception);
            }
        }
    }

    private sealed class Leaving(DialectSessions sessions, DialectSession session) : IDisposable
    {
        public void Dispose() => sessions._sessions.TryRemove(session, out _);
    }
}
