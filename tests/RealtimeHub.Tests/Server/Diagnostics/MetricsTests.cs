using RealtimeHub.Server.Diagnostics;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Auth;

namespace RealtimeHub.Tests.Server.Diagnostics;

public class MetricsTests
{
    [Fact]
    public async Task P212_metrics_tell_of_connections_calls_credentials_and_latency()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using (var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events"))
        {
            var subscribed = await probe.CallAsync("Subscribe", new { events = new[] { "*" } });
            await http.PublishAsync(SampleEvent.Security(1));
            await probe.WaitForAsync("Event");
            await probe.CallAsync("Resync", new { channel = "events", from = new { epoch = subscribed.GetProperty("subscription").GetProperty("epoch").GetString(), sequence = 0 } });
            await server.NegotiateAsync("", ("X-API-Key", "nobody"));
        }

        await server.WaitForConnectionsAsync(0);
        var text = await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.All(
            [
                "realtimehub_authentications_total{scheme=\"none\",outcome=\"INVALID_API_KEY\"} 1\n",
                "realtimehub_subscribes_total{hub=\"/hubs/events\",outcome=\"ok\"} 2\n",
                "realtimehub_recoveries_total{hub=\"/hubs/events\",outcome=\"recovered\"} 1\n",
                "realtimehub_connections_opened_total{hub=\"/hubs/events\"} 1\n",
                "# TYPE realtimehub_delivery_latency_seconds histogram\n",
                "realtimehub_delivery_latency_seconds_count 1\n",
                "realtimehub_connection_duration_seconds_count{hub=\"/hubs/events\"} 1\n",
                "realtimehub_frames_published_total ",
                "realtimehub_connections 0\n",
            ],
            line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task P212_metrics_are_for_this_machine_and_for_who_may_read_them()
    {
        await using var server = HubServer.Start(keys: [("scraper", "scraper-key", "metrics:read"), ("viewer", "viewer-key", "events:read")]);
        var afar = ("X-Forwarded-For", "203.0.113.7");

        Assert.Equal("200", await server.GetAsync("/metrics"));
        Assert.Equal("401 AUTH_REQUIRED", await server.GetAsync("/metrics", afar));
        Assert.Equal("403 FORBIDDEN", await server.GetAsync("/metrics", afar, ("X-API-Key", "viewer-key")));
        Assert.Equal("200", await server.GetAsync("/metrics", afar, ("X-API-Key", "scraper-key")));
    }

    [Theory]
    [InlineData("realtimehub.frames.lost", "{frame}", true, "realtimehub_frames_lost_total")]
    [InlineData("realtimehub.delivery.latency", "s", false, "realtimehub_delivery_latency_seconds")]
    [InlineData("process.memory", "By", false, "process_memory_bytes")]
    public void NameOf_spells_names_as_Prometheus_does(string name, string unit, bool isCounter, string expected) =>
        Assert.Equal(expected, PrometheusText.NameOf(name, unit, isCounter));

    [Fact]
    public void Escape_leaves_no_way_out_of_a_label() => Assert.Equal("a\\\"b\\\\c\\nd", PrometheusText.Escape("a\"b\\c\nd"));
}
