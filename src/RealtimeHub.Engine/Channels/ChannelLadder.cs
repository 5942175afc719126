using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

/// <summary>Channels of the same content at falling detail, for readers that do not keep up. Thread-safe.</summary>
internal sealed class ChannelLadder(ChannelDirectory directory, IReadOnlyList<ChannelName> rungs)
{
    /// <summary>How many channels there are.</summary>
    public int Count => rungs.Count;

    /// <summary>The name of a channel.</summary>
    public string NameOf(int rung) => rungs[rung].Value;

    /// <summary>Whether a channel is one of them.</summary>
    public bool Has(ChannelName name) => rungs.Contains(name);

    /// <summary>A channel; null where the node holds as many channels as it may.</summary>
    public Channel? At(int rung) => directory.TryGetOrAdd(rungs[rung], out var channel) ? channel : null;
}
