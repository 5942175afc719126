using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Testing;

/// <summary>Valid events, and the shortest ways to publish them.</summary>
public static class SampleEvent
{
    /// <summary>A security event; with a risk score of 80 or more it has to be acknowledged.</summary>
    public static object Security(int id, int? riskScore = 10, string riskLevel = "low", string camera = "front_door") => new
    {
        type = "event",
        payload = new
        {
            id,
            event_id = id,
            batch_id = string.Create(CultureInfo.InvariantCulture, $"batch_{id}"),
            camera_id = camera,
            risk_score = riskScore,
            risk_level = riskLevel,
            summary = "Person at the door",
            reasoning = "Seen approaching",
        },
    };

    /// <summary>A camera that went away.</summary>
    public static object CameraOffline(string camera = "front_door") => new
    {
        type = "camera.offline",
        payload = new { camera_id = camera, camera_name = camera, timestamp = "2026-01-01T00:00:00Z" },
    };

    /// <summary>Publishes one event over HTTP.</summary>
    public static async Task<PublishResult> PublishAsync(this HttpClient http, object source, string channel = "events", string? idempotencyKey = null)
    {
        using var response = await http.PostEventAsync(source, channel, idempotencyKey);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<PublishResult>(body, RealtimeJson.Options)!
            : throw new InvalidOperationException($"{(int)response.StatusCode}: {body}");
    }

    /// <summary>Publishes many security events in one request; the last result.</summary>
    public static Task<PublishBatchResult> PublishManyAsync(this HttpClient http, int count, int firstId = 1, string channel = "events") =>
        http.PublishLinesAsync(Enumerable.Range(firstId, count).Select(i => Security(i)), channel);

    /// <summary>Publishes events in one request, one per line.</summary>
    public static async Task<PublishBatchResult> PublishLinesAsync(this HttpClient http, IEnumerable<object> events, string channel = "events")
    {
        var lines = string.Join('\n', events.Select(e => JsonSerializer.Serialize(e, RealtimeJson.Options)));
        using var content = new StringContent(lines, System.Text.Encoding.UTF8, "application/x-ndjson");
        using var response = await http.PostAsync(new Uri($"/api/v1/channels/{channel}/events", UriKind.Relative), content);
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<PublishBatchResult>(body, RealtimeJson.Options)!
            : throw new InvalidOperationException($"{(int)response.StatusCode}: {body}");
    }

    /// <summary>Posts anything as one event.</summary>
    public static async Task<HttpResponseMessage> PostEventAsync(this HttpClient http, object source, string channel = "events", string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/channels/{channel}/events") { Content = JsonContent.Create(source, options: RealtimeJson.Options) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await http.SendAsync(request);
    }
}
