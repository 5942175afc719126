using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Publishing;

namespace RealtimeHub.Tests.Server.Hubs.Jobs;

public class JobLifeTests
{
    private const string Hub = "/hubs/jobs";

    [Fact]
    public async Task P60_a_subscriber_gets_the_whole_life_and_is_told_of_its_end()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var job = new SampleJob(http, "a");
        await job.SayAsync(job.Pending(), job.Started());
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        var result = await probe.CallAsync("SubscribeJob", new { job_id = "a", id = "mine" });
        await job.SayAsync(job.Progress(50), SampleJob.Log("half"), job.Completed());
        var end = (await probe.WaitForAsync("Unsubscribed"))[0];

        Assert.Equal(0, result.GetProperty("subscription").GetProperty("sequence").GetInt64());
        Assert.Equal("lossless", result.GetProperty("subscription").GetProperty("policy").GetString());
        Assert.Equal(
            ["job.pending", "job.started", "job.progress", "job.log", "job.completed"],
            probe.All.Where(p => p.Target == "Job").Select(p => p["type"].GetString()));
        Assert.Equal(["Subscribed", "Job", "Job", "Job", "Job", "Job", "Unsubscribed"], probe.All.Select(p => p.Target));
        Assert.Equal(("mine", "job:a", 5L, "completed"), (end["id"].GetString(), end["channel"].GetString(), end.Sequence, end["reason"].GetString()));
    }

    [Fact]
    public async Task P60_a_late_subscriber_gets_the_log_and_the_end()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var job = new SampleJob(http, "a");
        await job.SayAsync(job.Started(), job.Failed("disk full"));
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        await probe.CallAsync("SubscribeJob", new { job_id = "a" });
        await probe.WaitForAsync("Unsubscribed");
        var unsubscribe = await probe.CallAsync("Unsubscribe", new { id = "job:a" });

        Assert.Equal(["Subscribed", "Job", "Job", "Unsubscribed"], probe.All.Select(p => p.Target));
        Assert.False(unsubscribe.GetProperty("removed").GetBoolean());
    }

    [Fact]
    public async Task P60_an_upload_tells_a_life_and_nothing_after_its_end()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var job = new SampleJob(http, "a");
        await using var client = server.Client();

        var result = await client.Jobs.PublishStreamAsync(job.Channel, UploadAsync(job.Started(), job.Completed(), SampleJob.Log("late")));

        Assert.Equal((2, 1L, 2L, "JOB_FINISHED"), (result.Count, result.FirstSequence, result.LastSequence, result.Error?.Code));
    }

    [Fact]
    public async Task P60_nothing_in_a_batch_follows_its_end()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        var job = new SampleJob(http, "a");
        var lines = string.Join('\n', new[] { job.Started(), job.Completed(), SampleJob.Log("late") }.Select(e => JsonSerializer.Serialize(e, RealtimeJson.Options)));

        var problem = await Problem.OfPostAsync(http, lines, Problem.Ndjson, job.Channel);
        var first = await http.PublishAsync(job.Started(), job.Channel);

        Assert.Equal((400, "INVALID_PAYLOAD"), problem.Answer);
        Assert.Equal(["events[2].type"], problem.Fields);
        Assert.Equal(1, first.Sequence);
    }

    [Fact]
    public async Task P52_what_is_sent_again_after_the_end_is_a_duplicate_not_an_error()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        const string Lines = """
            {"type":"job.log","eventId":"e1","payload":{"level":"info","message":"a"}}
            {"type":"job.completed","eventId":"e2","payload":{"job_id":"a","completed_at":"2026-01-01T00:00:00Z"}}
            """;

        using var first = await Problem.PostAsync(http, Lines, Problem.Ndjson, "job:a");
        using var again = await Problem.PostAsync(http, Lines, Problem.Ndjson, "job:a");
        var oneMore = await Problem.OfPostAsync(http, Lines + "\n{\"type\":\"job.log\",\"eventId\":\"e3\",\"payload\":{\"level\":\"info\",\"message\":\"b\"}}", Problem.Ndjson, "job:b");
        var result = JsonSerializer.Deserialize<PublishBatchResult>(await again.Content.ReadAsStringAsync(), RealtimeJson.Options)!;

        Assert.True(first.IsSuccessStatusCode);
        Assert.Equal([(1L, true), (2L, true)], result.Results!.Select(r => (r.Sequence!.Value, r.Duplicate)));
        Assert.Equal(400, oneMore.Status);
    }

    [Fact]
    public async Task P52_a_final_event_under_the_id_of_an_earlier_one_does_not_end_the_job()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        using var log = await Problem.PostAsync(http, """{"type":"job.log","eventId":"e1","payload":{"level":"info","message":"a"}}""", channel: "job:a");

        using var final = await Problem.PostAsync(http, """{"type":"job.completed","eventId":"e1","payload":{"job_id":"a","completed_at":"2026-01-01T00:00:00Z"}}""", channel: "job:a");
        var duplicate = JsonSerializer.Deserialize<PublishResult>(await final.Content.ReadAsStringAsync(), RealtimeJson.Options)!;
        var next = await http.PublishAsync(SampleJob.Log("b"), "job:a");

        Assert.Equal((1L, true), (duplicate.Sequence, duplicate.Duplicate));
        Assert.Equal(2, next.Sequence);
    }

    [Theory]
    [InlineData("""{"type":"job.started","payload":{"job_id":"b","job_type":"t","started_at":"2026-01-01T00:00:00Z"}}""", "payload.job_id")]
    [InlineData("""{"type":"job.log","payload":{"job_id":7,"level":"info","message":"a"}}""", "payload.job_id")]
    [InlineData("""{"type":"job.log","payload":{"level":"loud","message":"a"}}""", "payload.level")]
    [InlineData("""{"type":"job.progress","payload":{"job_id":"a","progress":101,"status":"running"}}""", "payload.progress")]
    [InlineData("""{"type":"camera.offline","payload":{}}""", "type")]
    [InlineData("""{"type":"job.status","payload":{}}""", "type")]
    public async Task P60_what_does_not_fit_the_job_is_refused_and_makes_no_job(string body, string field)
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        var problem = await Problem.OfPostAsync(http, body, channel: "job:a");
        var subscribe = await probe.CallAsync("SubscribeJob", new { job_id = "a" });

        Assert.Equal("INVALID_PAYLOAD", problem.Code);
        Assert.Equal([field], problem.Fields);
        Assert.Equal("JOB_NOT_FOUND", subscribe.GetProperty("error").GetProperty("code").GetString());
        Assert.True(subscribe.GetProperty("error").GetProperty("retryable").GetBoolean());
    }

    private static async IAsyncEnumerable<PublishEvent> UploadAsync(params object[] events)
    {
        foreach (var source in events)
        {
            await Task.Yield();
            var element = JsonSerializer.SerializeToElement(source, RealtimeJson.Options);
            yield return new PublishEvent { Type = element.GetProperty("type").GetString(), Payload = JsonPayload.From(element.GetProperty("payload")) };
        }
    }
}
