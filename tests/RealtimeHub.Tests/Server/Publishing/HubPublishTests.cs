using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Publishing;

public class HubPublishTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Quiet = "/hubs/events?receive_all=false";

    [Fact]
    public async Task P50_a_hub_call_publishes_as_HTTP_does()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await http.PublishAsync(SampleEvent.Security(1), idempotencyKey: "k");

        var repeat = await probe.CallAsync("Publish", new { channel = "events", @event = SampleEvent.Security(1), idempotency_key = "k" });
        var next = await probe.CallAsync("Publish", new { channel = "events", @event = SampleEvent.Security(2) });

        Assert.Equal((1, true), (repeat.GetProperty("sequence").GetInt64(), repeat.GetProperty("duplicate").GetBoolean()));
        Assert.Equal((2, false), (next.GetProperty("sequence").GetInt64(), next.GetProperty("duplicate").GetBoolean()));
    }

    [Theory]
    [InlineData("""{}""", "INVALID_CHANNEL")]
    [InlineData("""{"channel":"job:.."}""", "INVALID_CHANNEL")]
    [InlineData("""{"channel":"system"}""", "CHANNEL_READ_ONLY")]
    [InlineData("""{"channel":"nothing"}""", "CHANNEL_NOT_FOUND")]
    [InlineData("""{"channel":"events"}""", "INVALID_REQUEST")]
    [InlineData("""{"channel":"events","event":7}""", "INVALID_REQUEST")]
    [InlineData("""{"channel":"events","event":{"type":"nothing","payload":{}}}""", "INVALID_PAYLOAD")]
    [InlineData("""{"channel":"events","event":{"type":"event","payload":{}},"idempotency_key":""}""", "INVALID_PAYLOAD")]
    public async Task P8_a_hub_call_is_refused_with_the_code_that_HTTP_has(string request, string code)
    {
        await using var probe = await HubProbe.ConnectAsync(shared.Server.Uri, Quiet);

        var result = await probe.CallAsync("Publish", JsonSerializer.Deserialize<JsonElement>(request));

        Assert.Equal(code, result.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task P54_hub_calls_count_against_the_same_rate()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Publishing:RequestsPerMinute"] = "2" });
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await http.PublishAsync(SampleEvent.Security(1));
        await probe.CallAsync("Publish", new { channel = "events", @event = SampleEvent.Security(2) });

        var refused = await probe.CallAsync("Publish", new { channel = "events", @event = SampleEvent.Security(3) });

        Assert.Equal("RATE_LIMIT", refused.GetProperty("error").GetProperty("code").GetString());
        Assert.InRange(refused.GetProperty("error").GetProperty("retry_after_ms").GetInt64(), 1, 60_000);
    }

    [Fact]
    public async Task P50_an_upload_publishes_in_order_and_shows_duplicates_by_their_first_place()
    {
        await using var server = HubServer.Start();
        await using var client = server.Client();

        var first = await client.Events.PublishStreamAsync("events", Cameras(300));
        var again = await client.Events.PublishStreamAsync("events", Cameras(300));

        Assert.Equal((300, 1L, 300L, null), (first.Count, first.FirstSequence, first.LastSequence, first.Error));
        Assert.Equal((300, 1L, 300L), (again.Count, again.FirstSequence, again.LastSequence));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"event\"")]
    public async Task P7_an_item_that_is_no_event_is_refused_with_a_code(string item)
    {
        await using var probe = await HubProbe.ConnectAsync(shared.Server.Uri, Quiet);

        var answer = await UploadAsync(probe, [item]);

        Assert.Equal("INVALID_PAYLOAD", answer.GetProperty("error").GetProperty("code").GetString());
    }

    // The probe's own call waits for an answer; the items go by hand.
    private static async Task<JsonElement> UploadAsync(HubProbe probe, IReadOnlyList<string> items)
    {
        var call = await probe.BeginUploadAsync("PublishStream", "up", new { channel = "events" });
        foreach (var item in items)
        {
            await probe.SendTextAsync($$"""{"type":2,"invocationId":"up","item":{{item}}}""" + "\u001e");
        }

        await probe.SendTextAsync("{\"type\":3,\"invocationId\":\"up\"}\u001e");
        return await call;
    }

    private static async IAsyncEnumerable<PublishEvent> Cameras(int count)
    {
        var payload = JsonPayload.FromValidUtf8("{\"camera_id\":\"a\",\"camera_name\":\"a\",\"timestamp\":\"2026-01-01T00:00:00Z\"}"u8.ToArray());
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return new PublishEvent { Type = "camera.online", Payload = payload, EventId = $"e{i}" };
        }
    }
}
