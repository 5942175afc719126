using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Client.Channels;

public class ChannelsClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PublishAsync_posts_the_event_with_its_key()
    {
        var body = "";
        await using var server = await ScriptedServer.StartAsync(app => app.MapPost("/api/v1/channels/{channel}/events", async (HttpContext context, string channel) =>
        {
            body = $"{channel} {context.Request.ContentType} {context.Request.Headers["Idempotency-Key"]} {await BodyAsync(context)}";
            return Results.Json(new PublishResult { Channel = channel, Sequence = 7 }, RealtimeJson.Options);
        }));
        await using var client = server.CreateClient();

        var result = await client.Channels.PublishAsync(
            "job:1",
            new PublishEvent { Type = "log", EventId = "e", Payload = JsonPayload.FromValidUtf8("{\"a\":1}"u8.ToArray()) },
            "key",
            Cancellation);

        Assert.Equal(7, result.Sequence);
        Assert.Equal("""job:1 application/json; charset=utf-8 key {"type":"log","payload":{"a":1},"eventId":"e"}""", body);
        Assert.Equal("test-key", server.LastHeaders!["X-API-Key"]);
    }

    [Fact]
    public async Task PublishBatchAsync_posts_lines()
    {
        var body = "";
        await using var server = await ScriptedServer.StartAsync(app => app.MapPost("/api/v1/channels/{channel}/events", async (HttpContext context) =>
        {
            body = $"{context.Request.ContentType} {await BodyAsync(context)}";
            return Results.Json(new PublishBatchResult { Count = 2 }, RealtimeJson.Options);
        }));
        await using var client = server.CreateClient();

        var result = await client.Channels.PublishBatchAsync("events", Encoding.UTF8.GetBytes("{}\n{}\n"), null, Cancellation);

        Assert.Equal(2, result.Count);
        Assert.Equal("application/x-ndjson {}\n{}\n", body);
    }

    [Fact]
    public async Task HistoryAsync_asks_for_a_page()
    {
        await using var server = await ScriptedServer.StartAsync(app => app.MapGet("/api/v1/channels/{channel}/history", (string channel) => Results.Json(
            new HistoryPage { Channel = channel, Position = new StreamPosition("epoch", 9), Oldest = 1, Frames = [] }, RealtimeJson.Options)));
        await using var client = server.CreateClient();

        var page = await client.Channels.HistoryAsync("job:1", 5, 10, descending: true, Cancellation);

        Assert.Equal(("job:1", 9), (page.Channel, page.Position.Offset));
        Assert.Equal("?order=desc&from=5&limit=10", server.LastQuery);
    }

    [Fact]
    public async Task Refusal_with_problem_details_becomes_an_error()
    {
        await using var server = await ScriptedServer.StartAsync(app => app.MapGet("/api/v1/channels", (HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "3";
            return Results.Text(
                """{"title":"t","detail":"Too fast.","code":"RATE_LIMIT","errors":[{"field":"f","message":"m","value":"v","bound":"b"}]}""",
                "application/problem+json",
                statusCode: 429);
        }));
        await using var client = server.CreateClient();

        var error = (await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Channels.ListAsync(Cancellation))).Error;

        Assert.Equal(("RATE_LIMIT", "Too fast.", true, 3_000), (error.Code, error.Message, error.Retryable, error.RetryAfterMs));
        Assert.Equal(new FieldError("f", "m", "v", "b"), Assert.Single(error.Details!.Errors!));
    }

    [Fact]
    public async Task Refusal_without_an_explanation_keeps_its_meaning()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();

        server.RefuseWith = 401;
        Assert.Equal("UNAUTHORIZED", (await Assert.ThrowsAsync<ProtocolErrorException>(() => client.Channels.ListAsync(Cancellation))).Error.Code);
        server.RefuseWith = 500;
        Assert.Equal(500, (int?)(await Assert.ThrowsAsync<RealtimeConnectionException>(() => client.Channels.ListAsync(Cancellation))).StatusCode);
    }

    private static async Task<string> BodyAsync(HttpContext context) =>
        await new StreamReader(context.Request.Body).ReadToEndAsync(Cancellation);
}
