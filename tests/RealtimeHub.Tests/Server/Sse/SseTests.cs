using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Server.Lifecycle;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Sse;

public class SseTests
{
    [Fact]
    public async Task P355_a_channel_can_be_followed_and_resumed_by_the_last_id()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishManyAsync(3);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));

        var first = await ReadAsync(server, "/sse/events?last=2", 3, null, limit.Token);
        await http.PublishManyAsync(2, 10);
        var second = await ReadAsync(server, "/sse/events", 3, first[^1].EventId, limit.Token);

        Assert.Equal(["subscribed", "event", "event"], first.Select(e => e.EventType));
        Assert.Equal([2, 3], first.Skip(1).Select(e => Data(e).GetProperty("sequence").GetInt32()));
        Assert.True(Data(second[0]).GetProperty("recovered").GetBoolean());
        Assert.Equal([4, 5], second.Skip(1).Select(e => Data(e).GetProperty("sequence").GetInt32()));
        Assert.EndsWith(":5", second[^1].EventId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task P355_patterns_filter_and_a_channel_that_ends_ends_the_stream()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishAsync(new { type = "job.log", payload = new { level = "info", message = "one" } }, "job:j");
        await http.PublishAsync(new { type = "job.completed", payload = new { job_id = "j", completed_at = "2026-01-01T00:00:00Z" } }, "job:j");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));

        var all = await ReadAsync(server, "/sse/job:j?last=100&events=job.log", int.MaxValue, null, limit.Token);

        Assert.Equal(["subscribed", "job.log", "skipped", "end"], all.Select(e => e.EventType));
    }

    [Theory]
    [InlineData("/sse/events", null, HttpStatusCode.Unauthorized)]
    [InlineData("/sse/events", "jobs-key", HttpStatusCode.Forbidden)]
    [InlineData("/sse/nothing", HubServer.AdminKey, HttpStatusCode.Forbidden)]
    [InlineData("/sse/Events", HubServer.AdminKey, HttpStatusCode.BadRequest)]
    [InlineData("/sse/events?last=many", HubServer.AdminKey, HttpStatusCode.BadRequest)]
    [InlineData("/sse/events?from=here", HubServer.AdminKey, HttpStatusCode.BadRequest)]
    public async Task P355_what_cannot_be_followed_is_refused(string path, string? key, HttpStatusCode status)
    {
        await using var server = HubServer.Start(keys: [("jobs", "jobs-key", "jobs:read")]);
        using var http = server.Http(key);

        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task P355_a_server_that_drains_ends_the_stream_after_what_was_published()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        using var reader = await OpenAsync(server, HubServer.AdminKey);
        await LineAsync(reader, "event: subscribed");
        await http.PublishManyAsync(3);

        await server.Services.GetRequiredService<DrainService>().DrainAsync().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);

        var rest = await RestAsync(reader);
        Assert.Equal(3, rest.Split("event: event\n").Length - 1);
    }

    [Fact]
    public async Task P355_a_credential_that_is_revoked_ends_the_stream()
    {
        await using var server = HubServer.Start(keys: [("desk", "desk-key", "events:read")]);
        using var http = server.Http();
        using var reader = await OpenAsync(server, "desk-key");
        await LineAsync(reader, "event: subscribed");

        using var revoked = await http.PostAsJsonAsync("/auth/revocations", new { credential = "api_key:desk" }, TestContext.Current.CancellationToken);
        await RestAsync(reader);
        await server.WaitForConnectionsAsync(0);
        await http.PublishManyAsync(1);

        using var again = server.Http("desk-key");
        using var refused = await again.GetAsync(new Uri("/sse/events", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task P355_silence_is_broken_by_a_comment_every_15_seconds()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        using var http = server.Http();
        using var reader = await OpenAsync(server, HubServer.AdminKey);
        await LineAsync(reader, "event: subscribed");
        await LineAsync(reader, "");

        for (var i = 0; i < 2; i++)
        {
            var comment = LineAsync(reader, ":");
            for (var second = 0; second < 100 && !comment.IsCompleted; second++)
            {
                // The wait begins after the last write, which nothing tells, so the clock goes on until the comment is there.
                clock.Advance(TimeSpan.FromSeconds(15));
                await Task.WhenAny(comment, http.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken));
            }

            await comment;
        }

        await http.PublishManyAsync(1);
        await LineAsync(reader, "event: event");
    }

    private static async Task<StreamReader> OpenAsync(HubServer server, string key)
    {
        var http = new HttpClient { BaseAddress = server.Uri };
        http.DefaultRequestHeaders.Add("X-API-Key", key);
        return new StreamReader(await http.GetStreamAsync(new Uri("/sse/events", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    // Reads up to a line.
    private static async Task LineAsync(StreamReader reader, string wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line == wanted)
            {
                return;
            }
        }

        Assert.Fail($"The stream ended without '{wanted}'.");
    }

    // An end without a last chunk is an end too.
    private static async Task<string> RestAsync(StreamReader reader)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var rest = new StringBuilder();
        try
        {
            while (await reader.ReadLineAsync(limit.Token) is { } line)
            {
                rest.Append(line).Append('\n');
            }
        }
        catch (IOException)
        {
            // Cut.
        }

        return rest.ToString();
    }

    private static JsonElement Data(SseItem<string> item) => JsonSerializer.Deserialize<JsonElement>(item.Data);

    private static async Task<List<SseItem<string>>> ReadAsync(HubServer server, string path, int count, string? lastId, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = server.Uri };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-API-Key", HubServer.AdminKey);
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var items = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(cancellationToken)).EnumerateAsync(cancellationToken))
        {
            items.Add(item);
            if (items.Count == count)
            {
                break;
            }
        }

        return items;
    }
}
