using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Cli.Commands;

public class PublishCommandTests
{
    private readonly EventLog<string> _bodies = new();

    [Fact]
    public async Task Publish_posts_one_event_from_options()
    {
        await using var server = await StartAsync();

        var result = await CliRun.ToEndAsync(
            server.Uri,
            ["publish", "events", "--type", "camera.offline", "--data", """{"camera_id":"c1"}""", "--tag", "a=b", "--tag", "c=d=e", "--idempotency-key", "k"]);

        Assert.Equal(0, result.Code);
        Assert.Equal("events epoch-one:7 e7\n", result.Output);
        Assert.Equal(
            """application/json k {"type":"camera.offline","payload":{"camera_id":"c1"},"tags":{"a":"b","c":"d=e"}}""",
            await _bodies.NextAsync());
    }

    [Fact]
    public async Task Publish_posts_one_event_from_standard_input()
    {
        await using var server = await StartAsync();

        var result = await CliRun.ToEndAsync(server.Uri, ["publish", "events", "--file", "-", "--json"], "{\n  \"type\": \"a.b\"\n}\n");

        Assert.Equal(0, result.Code);
        Assert.StartsWith("""{"channel":"events","epoch":"epoch-one","sequence":7""", result.Output);
        Assert.Equal("""application/json  {"type":"a.b"}""", await _bodies.NextAsync());
    }

    [Fact]
    public async Task Publish_posts_lines_as_they_are()
    {
        await using var server = await StartAsync();

        var result = await CliRun.ToEndAsync(server.Uri, ["publish", "events", "--file", "-"], "{\"type\":\"a\"}\n{\"type\":\"b\"}\n");

        Assert.Equal("events 2 events, epoch-one:7 to 8\n", result.Output);
        Assert.Equal("application/x-ndjson  {\"type\":\"a\"}\n{\"type\":\"b\"}\n", await _bodies.NextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("null")]
    public async Task Publish_refuses_a_file_without_events(string input)
    {
        await using var server = await StartAsync();

        var result = await CliRun.ToEndAsync(server.Uri, ["publish", "events", "--file", "-"], input);

        Assert.Equal(2, result.Code);
    }

    [Fact]
    public async Task Publish_lists_what_is_wrong_with_an_event()
    {
        await using var server = await ScriptedServer.StartAsync(app => app.MapPost("/api/v1/channels/{channel}/events", () => Results.Text(
            """{"code":"INVALID_PAYLOAD","detail":"Bad.","errors":[{"field":"payload.x","message":"Too large.","value":"9","bound":"0..5"}]}""",
            "application/problem+json",
            statusCode: 400)));

        var result = await CliRun.ToEndAsync(server.Uri, ["publish", "events", "--type", "a"]);

        Assert.Equal(1, result.Code);
        Assert.Equal("Bad. (INVALID_PAYLOAD)\n  payload.x: Too large. It is 9. Allowed: 0..5.\n", result.Error);
    }

    [Fact]
    public async Task Publish_says_when_to_try_again()
    {
        await using var server = await ScriptedServer.StartAsync(app => app.MapPost("/api/v1/channels/{channel}/events", (HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "3";
            return Results.Text("""{"code":"RATE_LIMIT","detail":"Too many requests."}""", "application/problem+json", statusCode: 429);
        }));

        var result = await CliRun.ToEndAsync(server.Uri, ["publish", "events", "--type", "a"]);

        Assert.Equal("Too many requests. (RATE_LIMIT)\nTry again in 3 s.\n", result.Error);
    }

    private Task<ScriptedServer> StartAsync() => ScriptedServer.StartAsync(app => app.MapPost(
        "/api/v1/channels/{channel}/events",
        async (HttpContext context, string channel) =>
        {
            var type = context.Request.ContentType!.Split(';')[0];
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            _bodies.Add($"{type} {context.Request.Headers["Idempotency-Key"]} {body}");
            return type == "application/json"
                ? Results.Json(new PublishResult { Channel = channel, Epoch = "epoch-one", Sequence = 7, EventId = "e7" }, RealtimeJson.Options)
                : Results.Json(
                    new PublishBatchResult { Channel = channel, Epoch = "epoch-one", Count = 2, FirstSequence = 7, LastSequence = 8 },
                    RealtimeJson.Options);
        }));
}
