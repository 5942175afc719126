using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeHub.Engine;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Protocol.MessagePack;

namespace RealtimeHub.Tests.Engine.Hubs;

/// <summary>A bare application with one hub, on stock SignalR or on the engine. The user of a connection is its query's <c>user</c>.</summary>
internal sealed class ContractServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _protocol;
    private readonly List<ContractServer> _others = [];
    private int _connected;

    private ContractServer(WebApplication app, string protocol) => (_app, _protocol) = (app, protocol);

    public Uri Uri => new(_app.Urls.Single());

    public IHubContext<ContractHub> Hub => _app.Services.GetRequiredService<IHubContext<ContractHub>>();

    /// <summary>The engine's manager; only where the engine is.</summary>
    public ChannelHubLifetimeManager<ContractHub> Manager =>
        (ChannelHubLifetimeManager<ContractHub>)_app.Services.GetRequiredService<HubLifetimeManager<ContractHub>>();

    public HubConnections Connections => _app.Services.GetRequiredService<HubConnections>();

    public static async Task<ContractServer> StartAsync(
        bool isEngine, Action<IServiceCollection>? configure = null, string protocol = "json", IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("Channels:CloseTimeout", "00:00:00.2")]);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Services.AddRouting();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddSignalR(options => options.MaximumParallelInvocationsPerClient = 4).AddMessagePackProtocol();
        builder.Services.AddSingleton<IUserIdProvider, QueryUserId>();
        if (isEngine)
        {
            builder.Services.AddChannelEngine();
        }

        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapHub<ContractHub>("/hub");
        await app.StartAsync();
        return new ContractServer(app, protocol);
    }

    /// <summary>Makes another node of this one; clients connect to each in turn.</summary>
    public void Join(ContractServer other) => _others.Add(other);

    /// <summary>Connects a client.</summary>
    public Task<Peer> ConnectAsync(string? user = null, bool isPaused = false, string? protocol = null)
    {
        var node = Interlocked.Increment(ref _connected) % (_others.Count + 1);
        return Peer.ConnectAsync(node == 0 ? Uri : _others[node - 1].Uri, user, isPaused, protocol ?? _protocol);
    }

    /// <summary>Connects several clients without a user.</summary>
    public async Task<Peer[]> ConnectManyAsync(int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(_ => ConnectAsync()));

    /// <summary>Sends to everybody and waits until each of these has it: what was sent to them before has come by then.</summary>
    public async Task FenceAsync(params Peer[] peers)
    {
        await Hub.Clients.All.SendAsync(ContractHub.Say, Peer.Fence);
        await Task.WhenAll(peers.Select(p => p.WaitForFenceAsync()));
    }

    /// <summary>Waits until the engine has so many connections.</summary>
    public async Task WaitForConnectionsAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (Connections.Count != count)
        {
            // Nothing tells of a connection's end; this looks again after a moment, with a limit.
            await Task.Delay(10, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private sealed class QueryUserId : IUserIdProvider
    {
        public string? GetUserId(HubConnectionContext connection) => connection.GetHttpContext()?.Request.Query["user"] is { Count: 1 } user ? user.ToString() : null;
    }
}
