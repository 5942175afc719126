using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.Auth.Sessions;

/// <summary>The sessions of this node, until it stops. Thread-safe and bounded.</summary>
internal sealed class InMemorySessionStore(IOptions<AuthOptions> options, TimeProvider clock) : ISessionStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _byEnd = new();

    public ValueTask<Session?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_sessions.GetValueOrDefault(hash));
        }
    }

    public ValueTask<bool> TryAddAsync(string hash, Session session, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            while (_byEnd.TryPeek(out var oldest, out var end) && (end < now || !_sessions.ContainsKey(oldest)))
            {
                _sessions.Remove(_byEnd.Dequeue());
            }

            if (_sessions.Count >= options.Value.Session.MaxSessions)
            {
                return ValueTask.FromResult(false);
            }

            _sessions[hash] = session;
            _byEnd.Enqueue(hash, UtcTimestampConverter.TryParse(session.ExpiresAt, out var expires) ? expires : now);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask RemoveAsync(string hash, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _sessions.Remove(hash);
        }

        return ValueTask.CompletedTask;
    }
}
