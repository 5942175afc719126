using System.Net;
using System.Net.Sockets;
using System.Text;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Server.Hubs.System.Sampling;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.System.Sampling;

public sealed class ServiceProbeTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _clock = new();
    private readonly ServiceProbe _probe;

    public ServiceProbeTests() => _probe = new ServiceProbe(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _probe.Dispose();

    [Theory]
    [InlineData(200, "healthy", null)]
    [InlineData(204, "healthy", null)]
    [InlineData(302, "unhealthy", "It answered 302.")]
    [InlineData(404, "unhealthy", "It answered 404.")]
    [InlineData(500, "unhealthy", "It answered 500.")]
    public async Task ProbeAsync_is_healthy_on_success_only(int code, string status, string? message)
    {
        await using var server = await ProbedServer.StartAsync(context =>
        {
            // Time passes while the service thinks.
            _clock.Advance(TimeSpan.FromMilliseconds(40));
            context.Response.StatusCode = code;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });

        var result = await ProbeAsync(server.Url.ToString());

        Assert.Equal(
            new ServiceStatus { Service = "probed", Status = status, LatencyMs = 40, Message = message, CheckedAt = _clock.GetUtcNow() },
            result);
    }

    [Fact]
    public async Task ProbeAsync_is_unhealthy_when_refused()
    {
        // Bound but not listening: nobody else can take the port, and it refuses.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        var result = await ProbeAsync($"http://user:secret@127.0.0.1:{port}/?token=secret");

        Assert.Equal("unhealthy", result.Status);
        Assert.Equal("The connection was refused or could not be made.", result.Message);
    }

    [Fact]
    public async Task ProbeAsync_is_unhealthy_when_the_answer_takes_too_long()
    {
        var asked = new TaskCompletionSource();
        await using var server = await ProbedServer.StartAsync(async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        var probing = ProbeAsync(server.Url.ToString());
        await asked.Task.WaitAsync(Limit, Token);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var result = await probing;

        Assert.Equal(("unhealthy", "It did not answer within 5 s.", 5_000), (result.Status, result.Message, result.LatencyMs));
    }

    [Fact]
    public async Task ProbeAsync_sends_the_credential_of_the_url_as_a_header()
    {
        string? header = null;
        await using var server = await ProbedServer.StartAsync(context =>
        {
            header = context.Request.Headers.Authorization;
            return Task.CompletedTask;
        });

        await ProbeAsync(new UriBuilder(server.Url) { UserName = "me", Password = "p%40ss" }.Uri.ToString());

        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:p@ss")), header);
    }

    [Fact]
    public async Task ProbeAsync_passes_on_a_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _probe.ProbeAsync(new WatchedService { Name = "probed", Url = "http://127.0.0.1:1/" }, cancelled.Token));
    }

    private Task<ServiceStatus> ProbeAsync(string url) =>
        _probe.ProbeAsync(new WatchedService { Name = "probed", Url = url }, Token).WaitAsync(Limit, Token);
}
