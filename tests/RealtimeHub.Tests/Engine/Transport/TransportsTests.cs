using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeHub.Engine;

namespace RealtimeHub.Tests.Engine.Transport;

/// <summary>The same sends over every transport of SignalR, with and without TLS: who writes past the framework must write past nothing else.</summary>
public sealed class TransportsTests : IAsyncLifetime
{
    private const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";
    private const int Frames = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly X509Certificate2 _certificate = CreateCertificate();
    private readonly SemaphoreSlim _joined = new(0);
    private WebApplication _app = null!;

    public static TheoryData<string, bool> All => new MatrixTheoryData<string, bool>(["WebSockets", "ServerSentEvents", "LongPolling"], [false, true]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate));
        });
        builder.Services.AddSingleton(_joined);
        builder.Services.AddSignalR();
        builder.Services.AddChannelEngine();
        _app = builder.Build();
        _app.MapHub<PlainHub>("/hub");
        await _app.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _certificate.Dispose();
        _joined.Dispose();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Sends_arrive_whole_and_in_order(string transport, bool isSecure)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Limit);
        var address = new Uri(_app.Urls.Single(url => url.StartsWith("https", StringComparison.Ordinal) == isSecure));

        var received = await (transport switch
        {
            "WebSockets" => OverWebSocketAsync(address, limit.Token),
            "ServerSentEvents" => OverEventsAsync(address, limit.Token),
            _ => OverPollsAsync(address, limit.Token),
        });

        Assert.Equal(Enumerable.Range(0, Frames).Select(Text), received);
    }

    // Small frames, and some that no socket takes at once; together less than a connection may lag behind.
    private static string Text(int number) => new((char)('a' + number), number % 5 == 4 ? 200_000 : 100);

    private async Task SendAllAsync()
    {
        // The answer to the handshake comes before the connection is among all.
        await _joined.WaitAsync(Limit, Cancellation);
        var hub = _app.Services.GetRequiredService<IHubContext<PlainHub>>();
        for (var i = 0; i < Frames; i++)
        {
            await hub.Clients.All.SendAsync("frame", Text(i), Cancellation);
        }
    }

    private async Task<List<string>> OverWebSocketAsync(Uri address, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = Accepts;
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = address.Scheme == "https" ? "wss" : "ws", Path = "/hub" }.Uri, cancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes(Handshake), WebSocketMessageType.Text, true, cancellationToken);
        var buffer = new byte[64 << 10];
        return await ReadAsync(async () =>
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            return Encoding.UTF8.GetString(buffer, 0, read.Count);
        });
    }

    private async Task<List<string>> OverEventsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = Client(address);
        var path = await NegotiateAsync(http, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        using var greeting = await http.PostAsync(path, new StringContent(Handshake), cancellationToken);
        return await ReadAsync(async () => await lines.ReadLineAsync(cancellationToken) is { } line && line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : "");
    }

    private async Task<List<string>> OverPollsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = Client(address);
        var path = await NegotiateAsync(http, cancellationToken);
        await http.GetStringAsync(path, cancellationToken);
        using var greeting = await http.PostAsync(path, new StringContent(Handshake), cancellationToken);
        return await ReadAsync(() => http.GetStringAsync(path, cancellationToken));
    }

    // Reads the answer to the handshake, has everything sent, and reads that.
    private async Task<List<string>> ReadAsync(Func<Task<string>> read)
    {
        var received = new List<string>();
        var rest = "";
        var isGreeted = false;
        while (received.Count < Frames)
        {
            rest += await read();
            var messages = rest.Split('\u001e');
            rest = messages[^1];
            foreach (var message in messages[..^1].Select(m => JsonDocument.Parse(m).RootElement))
            {
                if (message.TryGetProperty("target", out var target))
                {
                    Assert.Equal("frame", target.GetString());
                    received.Add(message.GetProperty("arguments")[0].GetString()!);
                }
                else if (!isGreeted)
                {
                    isGreeted = true;
                    await SendAllAsync();
                }
            }
        }

        return received;
    }

    private static async Task<string> NegotiateAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsync("/hub/negotiate?negotiateVersion=1", null, cancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return $"/hub?id={answer.RootElement.GetProperty("connectionToken").GetString()}";
    }

    private HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Accepts } }) { BaseAddress = address };

    private bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate?.GetCertHashString() == _certificate.GetCertHashString();

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private sealed class PlainHub(SemaphoreSlim joined) : Hub
    {
        public override Task OnConnectedAsync()
        {
            joined.Release();
            return Task.CompletedTask;
        }
    }
}
