using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Jobs;

public class ListJobsTests
{
    private const string Hub = "/hubs/jobs";

    [Fact]
    public async Task P62_jobs_are_listed_newest_first_with_their_state()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await FiveJobsAsync(http);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        var jobs = await ListAsync(probe, new { });

        Assert.Equal(
            [("e", "cancelled", 0.0), ("d", "failed", 0), ("c", "completed", 100), ("b", "running", 42.5), ("a", "pending", 0)],
            jobs.Select(j => (Text(j, "job_id"), Text(j, "state"), j.GetProperty("progress").GetDouble())));
        Assert.All(jobs, j => Assert.Equal(("admin", $"job:{Text(j, "job_id")}"), (Text(j, "owner"), Text(j, "channel"))));
        Assert.Equal("disk full", Text(jobs[1], "error"));
        Assert.Equal(("2026-01-01T00:00:00.000Z", "2026-01-01T00:10:00.000Z", "export"), (Text(jobs[2], "started_at"), Text(jobs[2], "ended_at"), Text(jobs[2], "job_type")));
    }

    [Theory]
    [InlineData("""{"state":"running"}""", "b")]
    [InlineData("""{"state":"pending"}""", "a")]
    [InlineData("""{"limit":2}""", "e", "d")]
    [InlineData("""{"state":"failed","limit":1000}""", "d")]
    public async Task P62_a_list_can_be_narrowed(string request, params string[] expected)
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await FiveJobsAsync(http);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        var jobs = await ListAsync(probe, JsonSerializer.Deserialize<JsonElement>(request));

        Assert.Equal(expected, jobs.Select(j => Text(j, "job_id")));
    }

    [Theory]
    [InlineData("""{"state":"lost"}""", "state")]
    [InlineData("""{"state":5}""", "state")]
    [InlineData("""{"limit":0}""", "limit")]
    [InlineData("""{"limit":1001}""", "limit")]
    [InlineData("""{"limit":"all"}""", "limit")]
    [InlineData("""{"limit":99999999999}""", "limit")]
    public async Task P7_a_list_that_is_asked_for_wrongly_names_the_field(string request, string field)
    {
        await using var server = HubServer.Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        var error = (await probe.CallAsync("ListJobs", JsonSerializer.Deserialize<JsonElement>(request))).GetProperty("error");

        Assert.Equal("INVALID_REQUEST", error.GetProperty("code").GetString());
        Assert.Equal(field, error.GetProperty("details").GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task P62_the_states_of_all_jobs_are_pushed_without_their_log_lines()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var a = new SampleJob(http, "a");
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);
        await probe.CallAsync("SubscribeJobs", new { });

        await a.SayAsync(a.Started(), SampleJob.Log("one"), SampleJob.Log("two"), a.Progress(10), a.Progress(10));
        await new SampleJob(http, "b").SayAsync(SampleJob.Log("starts with a line"));
        await a.SayAsync(a.Completed());
        var frames = await probe.WaitForAsync("Job", 4);

        Assert.All(frames, f => Assert.Equal(("job.status", "jobs"), (f["type"].GetString(), f["channel"].GetString())));
        Assert.Equal(
            [("a", "running", 0.0), ("a", "running", 10), ("b", "running", 0), ("a", "completed", 100)],
            frames.Select(f => (Text(f["payload"], "job_id"), Text(f["payload"], "state"), f["payload"].GetProperty("progress").GetDouble())));
        Assert.Equal(("completed", "a"), (Text(frames[3]["tags"], "state"), Text(frames[3]["tags"], "job_id")));
    }

    [Fact]
    public async Task P60_a_state_after_the_last_changes_nothing()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var job = new SampleJob(http, "a");
        await job.SayAsync(job.Started(), job.Cancelled());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        await Assert.ThrowsAsync<InvalidOperationException>(() => job.SayAsync(job.Completed()));

        Assert.Equal("cancelled", Text(Assert.Single(await ListAsync(probe, new { })), "state"));
    }

    private static async Task FiveJobsAsync(HttpClient http)
    {
        SampleJob a = new(http, "a"), b = new(http, "b"), c = new(http, "c"), d = new(http, "d"), e = new(http, "e");
        await a.SayAsync(a.Pending());
        await b.SayAsync(b.Progress(42.5));
        await c.SayAsync(c.Started(), c.Progress(99), c.Completed());
        await d.SayAsync(d.Started(), d.Failed("disk full"));
        await e.SayAsync(e.Cancelled());
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(HubProbe probe, object request) =>
        [.. (await probe.CallAsync("ListJobs", request)).GetProperty("jobs").EnumerateArray()];

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
