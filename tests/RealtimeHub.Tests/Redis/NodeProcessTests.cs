using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using RealtimeHub.Client;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Redis;

/// <summary>Two servers as processes of their own behind a real nginx, configured as README says; one of them is killed under load.</summary>
public sealed partial class NodeProcessTests
{
    private const int Events = 60;
    private const string Key = "dev-key";

    [Fact]
    public async Task P316_a_node_that_is_killed_under_load_costs_nobody_a_frame_behind_nginx_without_stickiness()
    {
        Assert.SkipWhen(RedisServer.Missing is not null, RedisServer.Missing ?? "");
        Assert.SkipWhen(NginxServer.Path is null, "nginx is not installed (Debian: apt-get install nginx-light).");
        await using var redis = await RedisServer.StartAsync("--appendonly", "no");
        var environment = new Dictionary<string, string> { ["Redis__Endpoints__0"] = redis.Endpoint, ["Channels__HeartbeatInterval"] = "00:00:01", ["Limits__TrustedProxies__0"] = "127.0.0.1" };
        await using var first = await ServerProcess.StartAsync(environment: environment);
        await using var second = await ServerProcess.StartAsync(environment: environment);
        var front = RedisServer.FreePort();
        await using var nginx = NginxServer.Start(Configuration(first.Uri.Port, second.Uri.Port, front));
        var uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{front}"));
        using var http = new HttpClient { BaseAddress = uri };
        http.DefaultRequestHeaders.Add("X-API-Key", Key);
        await WaitAsync(http);
        var readers = new List<NodeReader>();
        for (var i = 0; i < 4; i++)
        {
            readers.Add(await NodeReader.StartAsync(new RealtimeClient(new RealtimeClientOptions
            {
                Uri = uri, ApiKey = Key, BackoffBase = TimeSpan.FromMilliseconds(20), BackoffCap = TimeSpan.FromMilliseconds(200),
            })));
        }

        var ids = new List<string>();
        for (var i = 0; i < Events; i++)
        {
            if (i == Events / 2)
            {
                await first.Process.KillAsync();
            }

            ids.Add(await PublishAsync(http, i));
        }

        await Task.WhenAll(readers.Select(r => r.WaitForAsync(ids)));
        var order = readers[0].Frames.Select(f => (f.Epoch, f.Sequence, f.EventId)).ToList();
        Assert.Equal(Events, order.Count);
        foreach (var reader in readers)
        {
            Assert.Equal(order, reader.Frames.Select(f => (f.Epoch, f.Sequence, f.EventId)));
            Assert.Equal((0, 0), (reader.Totals.Missing, reader.Totals.LostCount));
            await reader.DisposeAsync();
        }
    }

    // The block of README, with the ports of this test, and nothing written outside the test's folder.
    private static string Configuration(int first, int second, int front)
    {
        var readme = File.ReadAllText(Path.Combine(WorkTree.Root, "README.md"));
        var block = NginxBlock().Match(readme);
        Assert.True(block.Success, "README.md has no block of nginx.");
        string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
        return block.Groups[1].Value
            .Replace("5081", Number(first), StringComparison.Ordinal)
            .Replace("5082", Number(second), StringComparison.Ordinal)
            .Replace("5080", $"127.0.0.1:{Number(front)}", StringComparison.Ordinal)
            .Replace("http {", "http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;", StringComparison.Ordinal);
    }

    private static async Task<string> PublishAsync(HttpClient http, int number)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"event-{number}");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return (await http.PublishAsync(SampleEvent.Security(number), idempotencyKey: key)).EventId!;
            }
            catch (Exception refused) when (refused is HttpRequestException or InvalidOperationException && !limit.IsCancellationRequested)
            {
                // What a client does that does not know whether it was accepted.
                await Task.Delay(20, limit.Token);
            }
        }
    }

    private static async Task WaitAsync(HttpClient http)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            try
            {
                using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
                if (ready.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // nginx does not say when it listens.
            }

            await Task.Delay(50, limit.Token);
        }
    }

    [GeneratedRegex("```nginx\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex NginxBlock();
}
