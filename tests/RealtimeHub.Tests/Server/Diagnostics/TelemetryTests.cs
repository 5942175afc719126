using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Diagnostics;

public class TelemetryTests
{
    [Fact]
    public async Task P286_metrics_and_traces_are_pushed_to_the_configured_OTLP_endpoint()
    {
        await using var collector = await Collector.StartAsync();
        await using (var server = HubServer.Start(new Dictionary<string, string?>
        {
            ["Telemetry:OtlpEndpoint"] = collector.Uri,
            ["Telemetry:UseHttp"] = "true",
            ["Telemetry:TraceRatio"] = "1",
        }))
        {
            using var http = server.Http();
            await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
            await probe.WaitForAsync("Subscribed");
            await http.PublishManyAsync(64);
            await probe.WaitForAsync("Event", 64);
        }

        // What is left is pushed when the server goes.
        var metrics = collector.Text("/v1/metrics");
        Assert.Contains("realtimehub.frames.published", metrics, StringComparison.Ordinal);
        Assert.Contains("realtimehub.delivery.latency", metrics, StringComparison.Ordinal);
        Assert.Contains("realtimehub.authentications", metrics, StringComparison.Ordinal);
        var traces = collector.Text("/v1/traces");
        Assert.Contains("publish", traces, StringComparison.Ordinal);
        Assert.Contains("deliver", traces, StringComparison.Ordinal);
        Assert.DoesNotContain(HubServer.AdminKey, metrics + traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task P286_a_trace_leads_from_the_publish_to_the_delivery()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "RealtimeHub",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = HubServer.Start();
        using var http = server.Http();
        using var own = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        http.DefaultRequestHeaders.Add("traceparent", own.Id);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
        await probe.WaitForAsync("Subscribed");

        await http.PublishManyAsync(64);
        await probe.WaitForAsync("Event", 64);

        var publish = Assert.Single(spans, s => s.OperationName == "publish" && s.TraceId == own.TraceId);
        var deliveries = spans.Where(s => s.OperationName == "deliver" && s.TraceId == own.TraceId).ToList();
        Assert.NotEmpty(deliveries);
        Assert.All(deliveries, d => Assert.Equal((publish.SpanId, "events"), (d.ParentSpanId, d.GetTagItem("realtimehub.family"))));
        Assert.All(deliveries, d => Assert.True(d.StartTimeUtc >= publish.StartTimeUtc.AddMilliseconds(-1), "A delivery began before the publish."));
    }

    /// <summary>Takes what is pushed to it.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _bodies = new();

        public string Uri => app.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector.Listen();
            await collector.StartListeningAsync();
            return collector;
        }

        public string Text(string path) => string.Concat(_bodies.Where(b => b.Path == path).Select(b => b.Body));

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private void Listen() => app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _bodies.Enqueue((context.Request.Path.Value!, Encoding.Latin1.GetString(body.ToArray())));
            context.Response.ContentType = "application/x-protobuf";
        });

        private Task StartListeningAsync() => app.StartAsync();
    }
}
