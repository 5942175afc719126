using System.Text;
using System.Text.Json;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Jobs;

/// <summary>What a worker says of one job, and how it says it over HTTP.</summary>
internal sealed class SampleJob(HttpClient http, string id)
{
    public string Channel => $"job:{id}";

    public static object Log(string message, string level = "info") => new { type = "job.log", payload = new { level, message } };

    public object Pending() => new { type = "job.pending", payload = new { job_id = id, job_type = "export" } };

    public object Started() => new { type = "job.started", payload = new { job_id = id, job_type = "export", started_at = "2026-01-01T00:00:00Z" } };

    public object Progress(double progress) => new { type = "job.progress", payload = new { job_id = id, progress, status = "running" } };

    public object Completed() => new { type = "job.completed", payload = new { job_id = id, completed_at = "2026-01-01T00:10:00Z" } };

    public object Failed(string error) => new { type = "job.failed", payload = new { job_id = id, error, failed_at = "2026-01-01T00:10:00Z" } };

    public object Cancelled() => new { type = "job.cancelled", payload = new { job_id = id, cancelled_at = "2026-01-01T00:10:00Z" } };

    /// <summary>Publishes one event after the other, each in its own request.</summary>
    public async Task SayAsync(params object[] events)
    {
        foreach (var source in events)
        {
            await http.PublishAsync(source, Channel);
        }
    }

    /// <summary>Publishes log lines <c>line 1</c>, <c>line 2</c> … in one request.</summary>
    public async Task LogAsync(int count, int first = 1)
    {
        var lines = string.Join('\n', Enumerable.Range(first, count).Select(i => JsonSerializer.Serialize(Log($"line {i}"), RealtimeJson.Options)));
        using var content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        using var response = await http.PostAsync(new Uri($"/api/v1/channels/{Channel}/events", UriKind.Relative), content);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
