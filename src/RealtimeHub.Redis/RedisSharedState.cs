using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Redis.Links;
using StackExchange.Redis;

namespace RealtimeHub.Redis;

/// <summary>What nodes share besides channels, on Redis. Thread-safe. None of it waits for a server that is known to be away.</summary>
internal sealed class RedisSharedState(RedisLinks links, IOptions<RedisOptions> options) : ISharedState
{
    public bool IsShared => true;

    public string Node => links.Node;

    public TimeSpan NodeTimeout => options.Value.NodeTimeout;

    public TimeSpan LeaseTime => options.Value.LeaseTime;

    public TimeSpan CredentialGrace => options.Value.CredentialGrace;

    public ValueTask<bool> TryHoldAsync(string lease, CancellationToken cancellationToken = default) => TryHoldAsync(lease, TimeSpan.Zero, cancellationToken);

    public async ValueTask<bool> TryHoldAsync(string lease, TimeSpan next, CancellationToken cancellationToken = default)
    {
        try
        {
            return await LeaseAsync(lease, (long)(next + LeaseTime).TotalMilliseconds, cancellationToken) == links.Node;
        }
        catch (ChannelStoreUnavailableException)
        {
            return false;
        }
    }

    public async ValueTask ReleaseAsync(string lease)
    {
        try
        {
            await LeaseAsync(lease, 0, CancellationToken.None);
        }
        catch (ChannelStoreUnavailableException)
        {
            // It ends by itself.
        }
    }

    public async ValueTask<bool> TryUseOnceAsync(string what, TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        var key = $"{links.Prefix}once:{what}";
        var link = links.For(key);
        try
        {
            return await link.CallAsync((database, _) => database.StringSetAsync(key, 1, lifetime, When.NotExists), cancellationToken, retries: 0);
        }
        catch (ChannelStoreUnavailableException) when (link.AwayFor < options.Value.CredentialGrace)
        {
            // What this node remembers itself still counts.
            return true;
        }
    }

    public async ValueTask<TimeSpan?> TakeAsync(string key, TimeSpan interval, int burst, CancellationToken cancellationToken = default)
    {
        RedisKey[] keys = [$"{links.Prefix}pace:{key}"];
        var link = links.For(keys[0]!);
        if (!link.IsUp)
        {
            return null;
        }

        try
        {
            var wait = await link.EvaluateAsync(RedisScript.Pace, keys, _ => [(long)interval.TotalMicroseconds, burst], cancellationToken, retries: 0);
            return TimeSpan.FromMicroseconds((long)wait);
        }
        catch (ChannelStoreUnavailableException)
        {
            return null;
        }
    }

    private async Task<string> LeaseAsync(string lease, long milliseconds, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [$"{links.Prefix}lease:{lease}"];
        return (string)(await links.For(keys[0]!).EvaluateAsync(RedisScript.Lease, keys, _ => [links.Node, milliseconds], cancellationToken, retries: 0))!;
    }
}
