using RealtimeHub.Engine.Channels;
using RealtimeHub.Tests.Engine.Channels;

namespace RealtimeHub.Tests.Redis;

/// <summary>The store on a real redis-server.</summary>
public sealed class RedisChannelStoreTests(RedisFixture redis) : ChannelStoreContract, IClassFixture<RedisFixture>, IAsyncDisposable
{
    private readonly string _prefix = $"{Guid.NewGuid():N}:";
    private readonly SemaphoreSlim _starting = new(1);
    private RedisNode? _node;

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        _starting.Dispose();
    }

    private protected override async ValueTask<IChannelStore> StoreAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return (_node ??= await RedisNode.StartAsync(RedisNode.Quick(redis.Server.Endpoint, _prefix), Families)).Store;
        }
        finally
        {
            _starting.Release();
        }
    }
}
