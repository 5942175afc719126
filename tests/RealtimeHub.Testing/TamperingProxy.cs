using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RealtimeHub.Testing;

/// <summary>Stands between clients and a server, and breaks what the server promises: messages of hubs can be dropped, doubled or changed.</summary>
public sealed class TamperingProxy : IAsyncDisposable
{
    private const char RecordSeparator = '\u001e';

    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly Uri _server;
    private readonly Func<string, IEnumerable<string>> _tamper;

    private TamperingProxy(WebApplication app, Uri server, Func<string, IEnumerable<string>> tamper) => (_app, _server, _tamper) = (app, server, tamper);

    public Uri Uri { get; private set; } = new("http://127.0.0.1");

    /// <summary>Starts a proxy.</summary>
    /// <param name="server">What it stands before.</param>
    /// <param name="tamper">Is given every message from the server; what it returns goes on in its place.</param>
    public static async Task<TamperingProxy> StartAsync(Uri server, Func<string, IEnumerable<string>> tamper)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var proxy = new TamperingProxy(builder.Build(), server, tamper);
        proxy._app.UseWebSockets();
        proxy._app.Run(proxy.HandleAsync);
        await proxy._app.StartAsync();
        proxy.Uri = new Uri(proxy._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private Task HandleAsync(HttpContext context) => context.WebSockets.IsWebSocketRequest ? ForwardSocketAsync(context) : ForwardAsync(context);

    private async Task ForwardAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_server, context.Request.Path + context.Request.QueryString));
        if (context.Request.Headers.TryGetValue("X-API-Key", out var key))
        {
            request.Headers.TryAddWithoutValidation("X-API-Key", (string?)key);
        }

        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        using var response = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task ForwardSocketAsync(HttpContext context)
    {
        using var upstream = new ClientWebSocket();
        upstream.Options.CollectHttpResponseDetails = true;
        if (context.Request.Headers.TryGetValue("X-API-Key", out var key))
        {
            upstream.Options.SetRequestHeader("X-API-Key", key);
        }

        try
        {
            await upstream.ConnectAsync(new Uri($"ws://{_server.Authority}{context.Request.Path}{context.Request.QueryString}"), context.RequestAborted);
        }
        catch (WebSocketException)
        {
            context.Response.StatusCode = upstream.HttpStatusCode == 0 ? StatusCodes.Status502BadGateway : (int)upstream.HttpStatusCode;
            return;
        }

        using var downstream = await context.WebSockets.AcceptWebSocketAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        await Task.WhenAny(PumpAsync(downstream, upstream, m => [m], stop.Token), PumpAsync(upstream, downstream, _tamper, stop.Token));
        await stop.CancelAsync();
        upstream.Abort();
        downstream.Abort();
    }

    private static async Task PumpAsync(WebSocket from, WebSocket to, Func<string, IEnumerable<string>> tamper, CancellationToken cancellationToken)
    {
        var (buffer, pending) = (new byte[64 << 10], new MemoryStream());
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory(), cancellationToken) is { MessageType: not WebSocketMessageType.Close } received)
            {
                pending.Write(buffer, 0, received.Count);
                if (buffer.AsSpan(0, received.Count).IndexOf((byte)RecordSeparator) < 0)
                {
                    continue;
                }

                var parts = Encoding.UTF8.GetString(pending.ToArray()).Split(RecordSeparator);
                pending = new MemoryStream();
                pending.Write(Encoding.UTF8.GetBytes(parts[^1]));
                foreach (var message in parts[..^1].SelectMany(tamper))
                {
                    await to.SendAsync(Encoding.UTF8.GetBytes(message + RecordSeparator), WebSocketMessageType.Text, true, cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // One side has gone; the other is cut as well.
        }
    }
}
