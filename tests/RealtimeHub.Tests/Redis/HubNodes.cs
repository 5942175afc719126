using System.Globalization;
using RealtimeHub.Client;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Redis;

/// <summary>Two servers on one Redis, a publisher and two readers on each. Publishers try again with the same key until it is accepted.</summary>
internal sealed class HubNodes : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly HubServer[] _servers;
    private readonly List<NodeReader> _readers = [];

    private HubNodes(HubServer[] servers) => _servers = servers;

    public IReadOnlyList<HubServer> Servers => _servers;

    public IReadOnlyList<NodeReader> Readers => _readers;

    /// <summary>Starts as many servers as endpoints; each may reach Redis on a way of its own.</summary>
    public static async Task<HubNodes> StartAsync(params string[] endpoints)
    {
        var prefix = $"{Guid.NewGuid():N}:";
        var nodes = new HubNodes([.. endpoints.Select(endpoint => HubServer.Start(Settings(endpoint, prefix, callSeconds: 1)))]);
        foreach (var server in nodes._servers)
        {
            server.Expect("Redis");
            server.Expect("begins a new epoch");
            for (var i = 0; i < 2; i++)
            {
                nodes._readers.Add(await NodeReader.StartAsync(server.Client(encoding: i == 0 ? HubEncoding.Json : HubEncoding.MessagePack)));
            }
        }

        return nodes;
    }

    /// <summary>Settings with short times; that of a call is long where a slow machine must not be taken for a fault.</summary>
    public static Dictionary<string, string?> Settings(string endpoint, string prefix, int callSeconds = 10) => new()
    {
        ["Redis:Endpoints:0"] = endpoint,
        ["Redis:KeyPrefix"] = prefix,
        ["Redis:CallTimeout"] = TimeSpan.FromSeconds(callSeconds).ToString(),
        ["Redis:RetryDelay"] = "00:00:00.1",
        ["Redis:BreakerPause"] = "00:00:00.5",
        ["Redis:SupervisionInterval"] = "00:00:01",
        ["Redis:PositionCheckInterval"] = "00:00:01",
        ["Channels:HeartbeatInterval"] = "00:00:01",
    };

    /// <summary>Publishes so many events through each server, and does something half-way. Every reader has them all when this returns.</summary>
    public async Task PublishAsync(int count, Func<Task> halfWay, string name)
    {
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var publishing = _servers.Select((server, s) => Task.Run(() => PublishAsync(server, count, $"{name}-{s}", half))).ToList();
        await half.Task.WaitAsync(Limit);
        await halfWay();
        var ids = (await Task.WhenAll(publishing).WaitAsync(Limit)).SelectMany(p => p).ToList();
        await Task.WhenAll(_readers.Select(r => r.WaitForAsync(ids)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers)
        {
            await reader.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<List<string>> PublishAsync(HubServer server, int count, string name, TaskCompletionSource half)
    {
        using var http = server.Http();
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            if (i == count / 2)
            {
                half.TrySetResult();
            }

            ids.Add(await PublishAsync(http, i, string.Create(CultureInfo.InvariantCulture, $"{name}-{i}")));
        }

        return ids;
    }

    private static async Task<string> PublishAsync(HttpClient http, int number, string key)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            try
            {
                return (await http.PublishAsync(SampleEvent.Security(number), idempotencyKey: key)).EventId!;
            }
            catch (InvalidOperationException refused) when (refused.Message.StartsWith("503", StringComparison.Ordinal))
            {
                // What a client does with a retryable error.
                await Task.Delay(50, limit.Token);
            }
        }
    }
}
