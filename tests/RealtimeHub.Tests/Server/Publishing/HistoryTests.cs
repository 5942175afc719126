using System.Text.Json;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Publishing;

public class HistoryTests
{
    [Fact]
    public async Task P55_pages_run_from_the_oldest_to_the_newest()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishManyAsync(7);

        var pages = await PagesAsync(http, "limit=3");

        Assert.Equal([[1, 2, 3], [4, 5, 6], [7]], pages.Select(p => p.Frames.Select(f => f.Sequence)));
        Assert.Equal([4L, 7L, null], pages.Select(p => p.Next));
        Assert.All(pages, p => Assert.Equal((7L, 1L, "events"), (p.Position.Offset, p.Oldest, p.Channel)));
    }

    [Fact]
    public async Task P55_pages_run_from_the_newest_to_the_oldest_that_is_kept()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?>
        {
            ["Channels:Retention:0:Family"] = "events",
            ["Channels:Retention:0:MaxFrames"] = "16",
        });
        using var http = server.Http();
        await http.PublishManyAsync(20);

        var pages = await PagesAsync(http, "limit=8&order=desc");

        Assert.Equal([20L, 12L], pages.Select(p => p.Frames[0].Sequence));
        Assert.Equal([13L, 5L], pages.Select(p => p.Frames[^1].Sequence));
        Assert.Equal([12L, null], pages.Select(p => p.Next));
        Assert.All(pages, p => Assert.Equal(5, p.Oldest));
    }

    [Theory]
    [InlineData("from=5", 5, 6, 7)]
    [InlineData("from=5&limit=1", 5)]
    [InlineData("from=2&order=desc", 2, 1)]
    [InlineData("from=100")]
    [InlineData("from=100&order=desc&limit=2", 7, 6)]
    [InlineData("from=0&order=desc")]
    [InlineData("from=0&limit=2", 1, 2)]
    public async Task P55_a_page_starts_where_it_is_asked_to(string query, params int[] expected)
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishManyAsync(7);

        var page = await PageAsync(http, query);

        Assert.Equal(expected.Select(e => (long)e), page.Frames.Select(f => f.Sequence));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("limit=1e2", "limit")]
    [InlineData("from=-1", "from")]
    [InlineData("from=99999999999999999999", "from")]
    [InlineData("order=random", "order")]
    [InlineData("order=", "order")]
    [InlineData("limit=0&from=x&order=y", "order", "limit", "from")]
    public async Task P8_a_question_that_is_out_of_range_names_each_field(string query, params string[] fields)
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishManyAsync(1);

        var problem = await Problem.OfGetAsync(http, $"/api/v1/channels/events/history?{query}");

        Assert.Equal((400, "INVALID_REQUEST"), problem.Answer);
        Assert.Equal(fields, problem.Fields);
    }

    [Theory]
    [InlineData("events", 404, "CHANNEL_NOT_FOUND")]
    [InlineData("job:nothing", 403, "CHANNEL_FORBIDDEN")]
    [InlineData("system", 403, "CHANNEL_FORBIDDEN")]
    [InlineData("nothing", 404, "CHANNEL_NOT_FOUND")]
    public async Task P55_a_channel_that_is_not_there_or_not_the_caller_s_is_refused(string channel, int status, string code)
    {
        await using var server = HubServer.Start(keys: [("viewer", "viewer-key", "events:read")]);
        using var http = server.Http("viewer-key");

        var problem = await Problem.OfGetAsync(http, $"/api/v1/channels/{channel}/history");

        Assert.Equal((status, code), problem.Answer);
    }

    [Fact]
    public async Task P55_subscribing_from_the_position_of_a_page_misses_nothing()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await http.PublishManyAsync(3);
        using var response = await http.GetAsync(new Uri("/api/v1/channels/events/history", UriKind.Relative));
        var position = response.Headers.GetValues("X-Stream-Position").Single().Split(':');
        await http.PublishManyAsync(2, 10);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events?receive_all=false");

        var result = await probe.CallAsync("Subscribe", new { events = new[] { "*" }, from = new { epoch = position[0], sequence = long.Parse(position[1], null) } });
        var frames = await probe.WaitForSequenceAsync("Event", 5);

        Assert.Equal("3", position[1]);
        Assert.True(result.GetProperty("subscription").GetProperty("recovered").GetBoolean());
        Assert.Equal([4, 5], frames.Select(f => f.Sequence));
    }

    [Fact]
    public async Task P55_a_page_s_frames_are_what_subscribers_get()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
        await probe.WaitForAsync("Subscribed");
        await http.PublishAsync(SampleEvent.Security(1, 90, "CRITICAL"));
        var pushed = (await probe.WaitForAsync("Event"))[0];

        var text = await http.GetStringAsync(new Uri("/api/v1/channels/events/history", UriKind.Relative));
        using var document = JsonDocument.Parse(text);

        Assert.Equal(pushed.Argument.GetRawText(), document.RootElement.GetProperty("frames")[0].GetRawText());
    }

    [Fact]
    public async Task P55_the_list_shows_only_what_the_caller_may_read()
    {
        await using var server = HubServer.Start(keys: [("viewer", "viewer-key", "events:read"), ("ops", "ops-key", "system:read jobs:read"), ("camera", "camera-key", "events:write")]);
        using var http = server.Http();
        await http.PublishManyAsync(2);
        await http.PublishAsync(new { type = "job.log", payload = new { level = "info", message = "a" } }, "job:a");
        await http.PublishAsync(new { type = "service.status", payload = new { name = "x", status = "healthy" } }, "service:x");

        var all = await ListAsync(server, HubServer.AdminKey);
        var viewer = await ListAsync(server, "viewer-key");
        var ops = await ListAsync(server, "ops-key");
        var camera = await ListAsync(server, "camera-key");

        Assert.Equal(["events", "job:a", "jobs", "service:x"], all.Select(c => c.Channel).Except(["system"]));
        var events = Assert.Single(viewer);
        Assert.Equal(("events", 3L, 1L, 3, "/hubs/events"), (events.Channel, events.Sequence, events.Oldest, events.Frames, events.Hub));
        Assert.Equal(["job:a", "jobs", "service:x"], ops.Select(c => c.Channel).Except(["system"]));
        Assert.Empty(camera);
    }

    private static async Task<IReadOnlyList<ChannelSummary>> ListAsync(HubServer server, string key)
    {
        using var http = server.Http(key);
        var text = await http.GetStringAsync(new Uri("/api/v1/channels", UriKind.Relative));
        return JsonSerializer.Deserialize<IReadOnlyList<ChannelSummary>>(text, RealtimeJson.Options)!;
    }

    private static async Task<HistoryPage> PageAsync(HttpClient http, string query)
    {
        using var response = await http.GetAsync(new Uri($"/api/v1/channels/events/history?{query}", UriKind.Relative));
        var page = JsonSerializer.Deserialize<HistoryPage>(await response.Content.ReadAsStringAsync(), RealtimeJson.Options)!;
        Assert.Equal(page.Position.ToString(), response.Headers.GetValues("X-Stream-Position").Single());
        return page;
    }

    private static async Task<List<HistoryPage>> PagesAsync(HttpClient http, string query)
    {
        var pages = new List<HistoryPage> { await PageAsync(http, query) };
        while (pages[^1].Next is { } next)
        {
            pages.Add(await PageAsync(http, $"{query}&from={next}"));
        }

        return pages;
    }
}
