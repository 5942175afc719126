using System.Net;
using System.Net.Sockets;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Climate;
using RealtimeHub.Tests.Server.WebSockets.Simulation;

namespace RealtimeHub.Tests.Server.WebSockets;

public class ProxyTests
{
    private static readonly (string Path, object Message, string Type)[] Routes =
    [
        ("/ws", new { type = "ping" }, "pong"),
        ("/ws/climate", ClimateRequests.Fields(ClimateRequests.Open).With("type", "subscribe"), "data"),
        ("/ws/stream_features", new { type = "subscribe", payload = new { stream_type = "stream_features", stream_id = "f" } }, "feature_update"),
        ("/ws/simulation_live", SimulationRouteTests.Subscribe("s", new { grid_size = 8, steps = 2 }), "simulation_complete"),
        ("/ws/heartbeat", new { type = "heartbeat" }, "pong"),
        ("/ws/events", new { type = "ping" }, "pong"),
        ("/ws/detections", new { type = "subscribe" }, "error"),
        ("/ws/system", new { type = "resync" }, "resync_ack"),
        ("/ws/jobs/j/logs", new { type = "ping" }, "pong"),
    ];

    [Fact]
    public async Task P351_frames_and_subprotocols_pass_through_a_proxy()
    {
        Assert.SkipWhen(NginxServer.Path is null, "nginx is missing.");
        await using var server = SimulationRouteTests.Start();
        using var http = server.Http();
        var port = FreePort();
        await using var nginx = NginxServer.Start(Settings(port, server.Uri.Authority));
        await ListensAsync(port);
        var proxy = new Uri($"http://127.0.0.1:{port}");
        await using var events = await PlainProbe.ConnectAsync(proxy, "/ws/events", null, null, $"api-key.{HubServer.AdminKey}");
        await using var simulation = await PlainProbe.ConnectAsync(proxy, "/ws/simulation_live", null);
        await events.SettleAsync();

        await http.PublishManyAsync(200);
        var frames = await events.WaitForAsync("event", 200);
        await SimulationRouteTests.AuthAsync(simulation);
        await simulation.SendAsync(SimulationRouteTests.Subscribe("s", new { grid_size = 16, steps = 4 }));
        await simulation.WaitForAsync("simulation_complete");
        await events.CloseAsync();

        Assert.Equal($"api-key.{HubServer.AdminKey}", events.Subprotocol);
        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), frames.Select(f => f.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public async Task P351_every_route_answers_through_a_proxy()
    {
        Assert.SkipWhen(NginxServer.Path is null, "nginx is missing.");
        await using var server = HubServer.Start();
        var port = FreePort();
        await using var nginx = NginxServer.Start(Settings(port, server.Uri.Authority));
        await ListensAsync(port);
        var proxy = new Uri($"http://127.0.0.1:{port}");

        foreach (var (path, message, type) in Routes)
        {
            await using var probe = await PlainProbe.ConnectAsync(proxy, path, HubServer.AdminKey, null, path == "/ws/climate" ? ["kfm.climate.v11.stream"] : []);
            await probe.SendAsync(message);
            await probe.NextAsync(type);
            await probe.CloseAsync();
            Assert.Equal(path == "/ws/climate" ? "kfm.climate.v11.stream" : null, probe.Subprotocol);
        }

        Assert.Equal(401, await PlainProbe.StatusAsync(proxy, "/ws"));
        using var http = new HttpClient { BaseAddress = proxy };
        http.DefaultRequestHeaders.Add("X-API-Key", HubServer.AdminKey);
        using var sse = new StreamReader(await http.GetStreamAsync(new Uri("/sse/events", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal("event: subscribed", await sse.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task ListensAsync(int port)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                // Nothing tells that it listens; this looks again after a moment, with a limit.
                await Task.Delay(20, limit.Token);
            }
        }
    }

    private static string Settings(int port, string upstream) => $$"""
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
          server {
            listen 127.0.0.1:{{port}};
            location / {
              proxy_pass http://{{upstream}};
              proxy_http_version 1.1;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection "upgrade";
              proxy_set_header Host $host;
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            }
          }
        }
        """;
}
