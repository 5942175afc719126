using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Redis;

/// <summary>One redis-server for the tests of a class; each test has a key prefix of its own.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer? _server;

    internal RedisServer Server
    {
        get
        {
            Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
            return _server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.Missing is null)
        {
            // Tests that stop it keep what it had; the others need no disk.
            _server = await RedisServer.StartAsync("--appendonly", "no");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
