using StackExchange.Redis;

namespace RealtimeHub.Redis.Channels;

/// <summary>The keys of one channel. All have the channel's name in braces, so that they stay together whatever spreads keys.</summary>
internal sealed class ChannelKeys(string prefix, string channel)
{
    private readonly string _name = $"{prefix}{{{channel}}}:";

    /// <summary>The Pub/Sub channel of its announcements.</summary>
    public string Announcements { get; } = $"{prefix}{{{channel}}}:new";

    /// <summary>State, stream, kept frames, event ids.</summary>
    public RedisKey[] Log => [_name + "state", _name + "stream", _name + "kept", _name + "ids"];

    /// <summary>The same, and the answer to an idempotency key.</summary>
    public RedisKey[] LogAnd(string? idempotencyKey) => [.. Log, $"{_name}key:{idempotencyKey}"];
}
