using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RealtimeHub.Engine;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Publishing;

namespace RealtimeHub.Tests.Server.Hubs.Jobs;

public class StreamLogsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Hub = "/hubs/jobs";

    [Fact]
    public async Task P61_P63_a_tail_starts_with_the_first_line_goes_on_live_and_ends_with_the_job()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var job = new SampleJob(http, "a");
        await job.SayAsync(job.Started(), SampleJob.Log("one"));
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        var items = new List<JsonElement>();
        await foreach (var item in probe.StreamAsync("StreamLogs", new { job_id = "a" }))
        {
            items.Add(item);
            if (items.Count == 3)
            {
                await job.SayAsync(SampleJob.Log("two"), job.Completed());
            }
        }

        Assert.Equal(["subscribed", "frame", "frame", "frame", "frame", "end"], items.Select(Kind));
        Assert.Equal(["job.started", "job.log", "job.log", "job.completed"], Frames(items).Select(f => f.GetProperty("type").GetString()));
        Assert.Equal([1L, 2, 3, 4], Frames(items).Select(Sequence));
        Assert.Equal(4, Sequence(items[^1].GetProperty("end")));
    }

    [Fact]
    public async Task P61_a_late_joiner_gets_the_whole_log_and_the_end()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var job = new SampleJob(http, "a");
        await job.SayAsync(job.Started());
        await job.LogAsync(900);
        await job.SayAsync(job.Failed("disk full"));
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        var items = await probe.StreamAsync("StreamLogs", new { job_id = "a" }).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(1, 902).Select(i => (long)i), Frames(items).Select(Sequence));
        Assert.Equal(("subscribed", "end"), (Kind(items[0]), Kind(items[^1])));
    }

    [Theory]
    [InlineData("""{"last":3}""", 9, 10, 11)]
    [InlineData("""{"last":0}""")]
    [InlineData("""{"last":100}""", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)]
    [InlineData("""{"from":{"epoch":"$EPOCH","sequence":9}}""", 10, 11)]
    [InlineData("""{"from":{"epoch":"$EPOCH","sequence":0}}""", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)]
    [InlineData("""{"since":"2026-01-01T00:01:00Z"}""", 6, 7, 8, 9, 10, 11)]
    [InlineData("""{"since":"2026-01-01T00:02:00Z"}""", 11)]
    public async Task P11_a_tail_starts_where_it_is_asked_to(string request, params int[] expected)
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        using var http = server.Http();
        var job = new SampleJob(http, "a");
        await job.LogAsync(5);
        clock.Advance(TimeSpan.FromMinutes(1));
        await job.LogAsync(5, 6);
        clock.Advance(TimeSpan.FromMinutes(1));
        var last = await http.PublishAsync(job.Cancelled(), job.Channel);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        var members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(request.Replace("$EPOCH", last.Epoch, StringComparison.Ordinal))!;
        members["job_id"] = JsonSerializer.SerializeToElement("a");
        var items = await probe.StreamAsync("StreamLogs", members).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected.Select(e => (long)e), Frames(items).Select(Sequence));
        Assert.Equal("end", Kind(items[^1]));
    }

    [Theory]
    [InlineData("""{"job_id":"nothing"}""", "JOB_NOT_FOUND")]
    [InlineData("""{}""", "INVALID_REQUEST")]
    [InlineData("""{"job_id":" "}""", "INVALID_REQUEST")]
    [InlineData("""{"job_id":".."}""", "INVALID_REQUEST")]
    [InlineData("""{"job_id":"a/b"}""", "INVALID_REQUEST")]
    [InlineData("""{"job_id":5}""", "INVALID_REQUEST")]
    [InlineData("""{"job_id":"a","last":-1}""", "INVALID_REQUEST")]
    [InlineData("""{"job_id":"a","last":1,"since":"2026-01-01T00:00:00Z"}""", "INVALID_REQUEST")]
    [InlineData("""{"job_id":"a","from":{"epoch":"x","sequence":1}}""", "INVALID_REQUEST")]
    [InlineData("""null""", "INVALID_REQUEST")]
    public async Task P63_a_stream_that_is_refused_is_one_error_and_completes(string request, string code)
    {
        using var http = shared.Server.Http();
        await new SampleJob(http, "a").LogAsync(1);
        await using var probe = await HubProbe.ConnectAsync(shared.Server.Uri, Hub);

        var items = await probe.StreamAsync("StreamLogs", JsonSerializer.Deserialize<JsonElement>(request)).ToListAsync(TestContext.Current.CancellationToken);

        var error = Assert.Single(items);
        Assert.Equal("error", Kind(error));
        Assert.Equal(code, error.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"job_id":"nothing","last":-1,"policy":"none"}""", "last", "policy")]
    [InlineData("""{"job_id":"..","last":-1}""", "job_id", "last")]
    [InlineData("""{"from":{"epoch":"x","sequence":1},"job_id":" "}""", "job_id", "from")]
    public async Task P199_every_bad_member_is_said_before_whether_there_is_such_a_job(string request, params string[] fields)
    {
        await using var probe = await HubProbe.ConnectAsync(shared.Server.Uri, Hub);
        var members = JsonSerializer.Deserialize<JsonElement>(request);

        var call = await probe.CallAsync("SubscribeJob", members);
        var stream = Assert.Single(await probe.StreamAsync("StreamLogs", members).ToListAsync(TestContext.Current.CancellationToken));

        Assert.All([call, stream], answer =>
        {
            var error = answer.GetProperty("error");
            Assert.Equal("INVALID_REQUEST", error.GetProperty("code").GetString());
            Assert.Equal(fields, error.GetProperty("details").GetProperty("errors").EnumerateArray().Select(f => f.GetProperty("field").GetString()));
        });
    }

    [Fact]
    public async Task P63_a_client_that_leaves_its_stream_leaves_nothing_behind()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var gauges = server.Services.GetRequiredService<DeliveryGauges>();
        var job = new SampleJob(http, "a");
        await job.LogAsync(2);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        await foreach (var item in probe.StreamAsync("StreamLogs", new { job_id = "a" }))
        {
            if (Kind(item) == "frame" && Sequence(item.GetProperty("frame")) == 2)
            {
                Assert.Equal(1, gauges.Subscriptions);
                break;
            }
        }

        // The server completes a stream that was left after it has let go of it.
        await probe.WaitForStreamEndsAsync();
        Assert.Equal(0, gauges.Subscriptions);
        Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task P63_a_client_that_goes_away_leaves_nothing_behind()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var gauges = server.Services.GetRequiredService<DeliveryGauges>();
        await new SampleJob(http, "a").LogAsync(1);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);
        await using var tail = probe.StreamAsync("StreamLogs", new { job_id = "a" }).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await tail.MoveNextAsync();

        probe.Abort();
        await server.WaitForConnectionsAsync(0);

        Assert.Equal(0, gauges.Subscriptions);
    }

    [Fact]
    public async Task P26_two_tails_at_once_each_get_every_line()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var job = new SampleJob(http, "a");
        await job.SayAsync(job.Started());
        await using var one = await HubProbe.ConnectAsync(server.Uri, Hub);
        await using var other = await HubProbe.ConnectAsync(server.Uri, Hub);

        var tails = new[] { TailAsync(one), TailAsync(one), TailAsync(other) };
        for (var i = 0; i < 5; i++)
        {
            await job.LogAsync(100, (i * 100) + 1);
        }

        await job.SayAsync(job.Completed());
        var logs = await Task.WhenAll(tails);

        Assert.All(logs, items => Assert.Equal(Enumerable.Range(1, 502).Select(i => (long)i), Frames(items).Select(Sequence)));
        Assert.All(logs, items => Assert.Equal("end", Kind(items[^1])));
    }

    private static async Task<List<JsonElement>> TailAsync(HubProbe probe) =>
        await probe.StreamAsync("StreamLogs", new { job_id = "a" }).ToListAsync(TestContext.Current.CancellationToken);

    private static string Kind(JsonElement item) => item.GetProperty("kind").GetString()!;

    private static long Sequence(JsonElement position) => position.GetProperty("sequence").GetInt64();

    private static IEnumerable<JsonElement> Frames(IEnumerable<JsonElement> items) => items.Where(i => Kind(i) == "frame").Select(i => i.GetProperty("frame"));
}
