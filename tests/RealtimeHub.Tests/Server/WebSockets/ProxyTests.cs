using System.Net;
using System.Net.Sockets;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.WebSockets.Simulation;

namespace RealtimeHub.Tests.Server.WebSockets;

public class ProxyTests
{
    [Fact]
    public async Task P351_the_routes_pass_through_a_proxy()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/nginx"), "nginx is missing.");
        await using var server = SimulationRouteTests.Start();
        using var http = server.Http();
        var folder = Directory.CreateTempSubdirectory("rthub-nginx-");
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nginx.conf"), Settings(folder.FullName, port, server.Uri.Authority));
        var nginx = ChildProcess.Start("/usr/sbin/nginx", ["-p", folder.FullName, "-c", Path.Combine(folder.FullName, "nginx.conf")]);
        try
        {
            var proxy = new Uri($"http://127.0.0.1:{port}");
            await ListensAsync(port);
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
        finally
        {
            await nginx.DisposeAsync();
            folder.Delete(recursive: true);
        }
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

    private static string Settings(string folder, int port, string upstream) => $$"""
        daemon off;
        worker_processes 1;
        pid {{folder}}/nginx.pid;
        error_log {{folder}}/error.log;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
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
