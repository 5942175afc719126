using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeHub.Client;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.MessagePack;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Tests.Client.Scripted;

/// <summary>Hubs on a real Kestrel that do what a test tells them: push, refuse, drop. Thread-safe.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Channel<ScriptedConnection> _connections = Channel.CreateUnbounded<ScriptedConnection>();
    private readonly Channel<object> _calls = Channel.CreateUnbounded<object>();
    private WebApplication _app = null!;

    /// <summary>The address.</summary>
    public Uri Uri { get; private set; } = null!;

    /// <summary>The status that connections are refused with; null lets them in.</summary>
    public int? RefuseWith { get; set; }

    /// <summary>The headers of the last request.</summary>
    public IHeaderDictionary? LastHeaders { get; private set; }

    /// <summary>The query of the last request.</summary>
    public string? LastQuery { get; private set; }

    /// <summary>Answers subscribes; by default they are accepted from the position asked for, with the notice ahead of the answer.</summary>
    public Func<ScriptedConnection, SubscribeRequest, Task<SubscribeResult>> OnSubscribe { get; set; } =
        (connection, request) => connection.AcceptAsync(request);

    /// <summary>Answers acknowledgements.</summary>
    public Func<AckRequest, AckResult> OnAck { get; set; } = request => new AckResult { Acknowledged = request.Sequences! };

    /// <summary>What the jobs hub does.</summary>
    public ScriptedJobs Jobs { get; } = new();

    internal ConcurrentDictionary<string, ScriptedConnection> Open { get; } = new();

    public static async Task<ScriptedServer> StartAsync(Action<WebApplication>? map = null)
    {
        var server = new ScriptedServer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(server);
        builder.Services
            .AddSignalR(o => o.EnableDetailedErrors = true)
            .AddJsonProtocol(o => RealtimeJson.Configure(o.PayloadSerializerOptions))
            .AddMessagePackProtocol();
        var app = server._app = builder.Build();
        app.Use(server.GuardAsync);
        app.MapHub<ScriptedEventsHub>(HubPaths.Events);
        app.MapHub<ScriptedSystemHub>(HubPaths.System);
        app.MapHub<ScriptedJobsHub>(HubPaths.Jobs);
        map?.Invoke(app);
        await app.StartAsync();
        server.Uri = new Uri(app.Urls.First());
        return server;
    }

    /// <summary>A client of this server.</summary>
    public RealtimeClient CreateClient(TimeProvider? time = null, Func<RealtimeClientOptions, RealtimeClientOptions>? configure = null)
    {
        var options = new RealtimeClientOptions
        {
            Uri = Uri,
            ApiKey = "test-key",
            TimeProvider = time ?? TimeProvider.System,
            BackoffBase = time is null ? TimeSpan.Zero : TimeSpan.FromMilliseconds(500),
        };
        return new RealtimeClient(configure?.Invoke(options) ?? options);
    }

    /// <summary>The next connection that a client has opened.</summary>
    public Task<ScriptedConnection> NextConnectionAsync() => NextAsync(_connections.Reader, "a connection");

    /// <summary>The next request of this type that a client has sent; others before it are skipped.</summary>
    public async Task<T> NextCallAsync<T>()
    {
        while (true)
        {
            if (await NextAsync(_calls.Reader, $"a {typeof(T).Name}") is T call)
            {
                return call;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in Open.Values)
        {
            connection.Drop();
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    internal void Connected(ScriptedConnection connection)
    {
        Open[connection.Id] = connection;
        _connections.Writer.TryWrite(connection);
    }

    internal void Called(object request) => _calls.Writer.TryWrite(request);

    private static async Task<T> NextAsync<T>(ChannelReader<T> reader, string what)
    {
        try
        {
            return await reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limits.Wait);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited in vain for {what}.");
        }
    }

    private Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        LastHeaders = new HeaderDictionary(context.Request.Headers.ToDictionary());
        LastQuery = context.Request.QueryString.Value;
        if (RefuseWith is { } status)
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
