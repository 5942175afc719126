using System.Collections.Concurrent;

namespace RealtimeHub.Engine.Pumps;

/// <summary>Remembers who was cut off for not reading: a stuck client hears nothing, so its next resume is told.</summary>
/// <remarks>Thread-safe. Holds at most 10,000 entries, each for ten minutes.</remarks>
internal sealed class SlowConsumerMemory(TimeProvider clock)
{
    private const int MaxEntries = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string User, string Channel), DateTimeOffset> _cutOff = new();

    public void Remember(ConnectionPump pump)
    {
        if (pump.UserId is not { } user)
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (_cutOff.Count >= MaxEntries)
        {
            foreach (var (key, at) in _cutOff)
            {
                if (now - at >= Lifetime)
                {
                    _cutOff.TryRemove(key, out _);
                }
            }
        }

        foreach (var subscription in pump.Subscriptions.Snapshot())
        {
            if (_cutOff.Count < MaxEntries)
            {
                _cutOff[(user, subscription.Cursor.Channel.Name)] = now;
            }
        }
    }

    /// <summary>Whether a user was cut off from a channel; asked once.</summary>
    public bool Take(string? user, string channel) =>
        user is not null && _cutOff.TryRemove((user, channel), out var at) && clock.GetUtcNow() - at < Lifetime;
}
