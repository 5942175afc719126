using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Pumps;

namespace RealtimeHub.Engine.Hubs;

/// <summary>The logs of raw hub sends of one kind (groups, users or connections), each alive while somebody is in it.</summary>
/// <remarks>Thread-safe. What members have been served is dropped: these logs are lossless, not replayable.</remarks>
internal sealed class RawChannels(string prefix, EngineContext engine)
{
    private static readonly ChannelFamily Family = new()
    {
        Name = "signalr",
        Target = "",
        Retention = new RetentionLimits((int)LagLimits.RawSends.Frames + 1, LagLimits.RawSends.Bytes + 1, TimeSpan.FromHours(1)),
        DefaultPolicy = SlowConsumerPolicy.Disconnect,
    };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Channel> _channels = new(StringComparer.Ordinal);

    /// <summary>Lets a connection read what is sent under a name from now on.</summary>
    public Cursor Join(string name, ConnectionPump pump)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(name, out var channel))
            {
                channel = new Channel($"{prefix}:{name}", Family, engine.Clock, engine.Metrics);
                _channels.Add(name, channel);
            }

            return channel.AttachLive(pump, CursorTerms.RawSends);
        }
    }

    /// <summary>Ends what <see cref="Join"/> began.</summary>
    public void Leave(string name, Cursor cursor)
    {
        lock (_gate)
        {
            cursor.Channel.Detach(cursor);
            if (cursor.Channel.CursorCount == 0 && _channels.TryGetValue(name, out var channel) && channel == cursor.Channel)
            {
                _channels.Remove(name);
            }
        }
    }

    public Channel? Find(string name)
    {
        lock (_gate)
        {
            return _channels.GetValueOrDefault(name);
        }
    }
}
