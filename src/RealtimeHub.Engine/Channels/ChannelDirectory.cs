using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Acks;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

/// <summary>All governed channels of this node, by name.</summary>
/// <remarks>
/// Thread-safe. An idle channel shrinks to its position; when there are too many channels the longest idle ones without
/// frames and readers are forgotten, which gives them a new epoch if they come back.
/// </remarks>
public sealed class ChannelDirectory
{
    private readonly ConcurrentDictionary<string, Channel> _channels = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, ChannelFamily> _families;
    private readonly ChannelEngineOptions _options;
    private readonly AckOptions _acks;
    private readonly TimeProvider _clock;
    private readonly EngineMetrics _metrics;
    private readonly Lock _growth = new();

    /// <summary>Starts with no channels.</summary>
    public ChannelDirectory(
        IEnumerable<ChannelFamily> families,
        IOptions<ChannelEngineOptions> options,
        IOptions<AckOptions> acks,
        TimeProvider clock,
        EngineMetrics metrics)
    {
        _options = options.Value;
        _families = families.ToFrozenDictionary(
            f => f.Name,
            f => _options.Retention.Find(r => r.Family == f.Name) is { } own ? f with { Retention = own.Over(f.Retention) } : f);
        _acks = acks.Value;
        _clock = clock;
        _metrics = metrics;
    }

    /// <summary>How many channels there are.</summary>
    public int Count => _channels.Count;

    /// <summary>The channels, in no order.</summary>
    public IEnumerable<Channel> Channels => _channels.Values;

    /// <summary>Called with the first cursor of each channel. Must not block or call back.</summary>
    internal Action<Channel>? Watched { get; set; }

    /// <summary>Finds the family of a name; false if there is none or the name does not fit it.</summary>
    public bool TryGetFamily(ChannelName name, [NotNullWhen(true)] out ChannelFamily? family) =>
        _families.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.Family, out family) && family.HasIds == !name.Id.IsEmpty;

    /// <summary>Finds a channel.</summary>
    public bool TryGet(ChannelName name, [NotNullWhen(true)] out Channel? channel) => _channels.TryGetValue(name.Value, out channel);

    /// <summary>Finds a channel or starts it; false if the node holds as many as it may.</summary>
    /// <exception cref="ArgumentException">No family has this name; look with <see cref="TryGetFamily"/> first.</exception>
    public bool TryGetOrAdd(ChannelName name, [NotNullWhen(true)] out Channel? channel)
    {
        if (_channels.TryGetValue(name.Value, out channel))
        {
            return true;
        }

        if (!TryGetFamily(name, out var family))
        {
            throw new ArgumentException($"No channel family fits {name.Value}.", nameof(name));
        }

        lock (_growth)
        {
            if (_channels.Count >= _options.MaxChannels && !ForgetIdle())
            {
                return false;
            }

            channel = _channels.GetOrAdd(name.Value, n => new Channel(n, family, _clock, _metrics, family.HasAcks ? _acks : null) { Watched = c => Watched?.Invoke(c) });
            return true;
        }
    }

    /// <summary>Forgets a channel without frames and readers, so that one of its name begins anew, also where this one has ended.</summary>
    public void Forget(ChannelName name)
    {
        lock (_growth)
        {
            if (_channels.TryGetValue(name.Value, out var channel) && channel.CursorCount == 0 && channel.Log.OldestKept > channel.Log.Newest)
            {
                _channels.TryRemove(name.Value, out _);
            }
        }
    }

    /// <summary>Drops frames that are too old.</summary>
    internal void Trim()
    {
        foreach (var channel in _channels.Values)
        {
            channel.Log.Trim();
        }
    }

    // Called with the growth lock held. Frees a share at once, so that a full directory is not searched for every newcomer.
    private bool ForgetIdle()
    {
        var idle = _channels.Values
            .Where(c => c.CursorCount == 0 && c.Log.OldestKept > c.Log.Newest)
            .OrderBy(c => c.LastUsed)
            .Take(Math.Max(1, _options.MaxChannels / 16))
            .ToList();
        foreach (var channel in idle)
        {
            _channels.TryRemove(channel.Name, out _);
        }

        return idle.Count > 0;
    }
}
