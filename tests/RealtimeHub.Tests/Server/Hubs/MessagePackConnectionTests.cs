using System.Text.Json;
using RealtimeHub.Protocol.MessagePack;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs;

public class MessagePackConnectionTests
{
    private const string Quiet = "/hubs/events?receive_all=false";

    [Theory]
    [InlineData("Subscribe", """{"events":5}""", "events")]
    [InlineData("Subscribe", """{"events":["*"],"last":1.5}""", "last")]
    [InlineData("Subscribe", """{"events":["*"],"filter":{"tag":"a","op":"like","value":"b"}}""", "filter.op")]
    [InlineData("Subscribe", """[1]""", "request")]
    [InlineData("Subscribe", """null""", "request")]
    [InlineData("Ack", """{"channel":"events","sequences":["one"]}""", "sequences[0]")]
    public async Task P7_a_malformed_call_in_MessagePack_names_the_field_and_the_connection_lives(string method, string argument, string field)
    {
        await using var server = HubServer.Start();
        await using var probe = await ConnectAsync(server);

        var result = await probe.CallAsync(method, JsonSerializer.Deserialize<JsonElement>(argument));
        var pong = await probe.CallAsync("Ping");

        var error = result.GetProperty("error");
        Assert.Equal("INVALID_REQUEST", error.GetProperty("code").GetString());
        Assert.Contains(field, error.GetProperty("details").GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()));
        Assert.Equal("pong", pong.GetProperty("type").GetString());
    }

    [Fact]
    public async Task P7_an_unknown_method_or_a_wrong_number_of_arguments_in_MessagePack_fails_and_the_connection_lives()
    {
        await using var server = HubServer.Start();
        await using var probe = await ConnectAsync(server);

        await Assert.ThrowsAsync<InvalidOperationException>(() => probe.CallAsync("Destroy", 1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => probe.CallAsync("Subscribe", 1, 2, 3));

        Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("03c1c1c1")]
    [InlineData("00")]
    [InlineData("06ddffffffff01")]
    [InlineData("ffffffffff")]
    [InlineData("0296019106")]
    public async Task P224_what_is_no_MessagePack_closes_with_a_notice(string bytes)
    {
        await using var server = HubServer.Start();
        await using var probe = await ConnectAsync(server);

        await probe.SendBytesAsync(Convert.FromHexString(bytes));
        await probe.WaitForCloseAsync();

        var control = Assert.Single(probe.All, p => p.Target == "Control");
        Assert.Equal(("INVALID_FRAME", false), (control["code"].GetString(), control["reconnect"].GetBoolean()));
        Assert.Equal(["Control", "Close", "Closed"], probe.All.Select(p => p.Target).Where(t => t != "Heartbeat"));
    }

    [Fact]
    public async Task P82_a_message_over_the_limit_in_MessagePack_closes_with_a_notice()
    {
        await using var server = HubServer.Start();
        await using var probe = await ConnectAsync(server);

        await probe.SendTextAsync($$"""{"type":1,"target":"Ping","arguments":["{{new string('x', 70_000)}}"]}""");
        await probe.WaitForCloseAsync();

        Assert.Equal("MESSAGE_TOO_LARGE", Assert.Single(probe.All, p => p.Target == "Control")["code"].GetString());
    }

    [Fact]
    public async Task P220_subscribers_of_both_protocols_get_the_same_frames_and_notices()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var text = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await using var binary = await ConnectAsync(server);
        var request = new { events = new[] { "*" }, filter = new { tag = "camera_id", op = "neq", value = "garage" } };
        await text.CallAsync("Subscribe", request);
        await binary.CallAsync("Subscribe", request);

        await http.PublishAsync(SampleEvent.Security(1));
        await http.PublishAsync(SampleEvent.Security(2, 90, "critical", "garage"));
        await http.PublishAsync(SampleEvent.Security(3));

        var expected = await text.WaitForSequenceAsync("Event", 3);
        var actual = await binary.WaitForSequenceAsync("Event", 3);
        Assert.Equal([1, 3], actual.Select(f => f.Sequence));
        Assert.All(expected.Zip(actual), pair => Assert.True(JsonElement.DeepEquals(pair.First.Argument, pair.Second.Argument), $"{pair}"));
    }

    [Fact]
    public async Task P226_streams_of_both_protocols_yield_the_same_items_and_end_alike()
    {
        await using var server = HubServer.Start();
        using var http = server.Http();
        await using var text = await HubProbe.ConnectAsync(server.Uri, "/hubs/jobs");
        await using var binary = await ConnectAsync(server, "/hubs/jobs");
        await using var other = await ConnectAsync(server, "/hubs/jobs");
        await http.PublishAsync(new { type = "job.started", payload = new { job_id = "a", job_type = "t", started_at = "2026-01-01T00:00:00Z" } }, "job:a");
        var readers = new[] { text, binary, other }.Select(p => p.StreamAsync("StreamLogs", new { job_id = "a" }).GetAsyncEnumerator()).ToList();
        foreach (var reader in readers)
        {
            await reader.MoveNextAsync();
        }

        await http.PublishAsync(new { type = "job.log", payload = new { job_id = "a", message = "é €", level = "info" } }, "job:a");
        await http.PublishAsync(new { type = "job.completed", payload = new { job_id = "a", completed_at = "2026-01-01T00:00:01Z" } }, "job:a");

        var items = new List<List<JsonElement>>();
        foreach (var reader in readers)
        {
            items.Add(await RestAsync(reader));
        }

        Assert.Equal(["frame", "frame", "frame", "end"], items[0].Select(i => i.GetProperty("kind").GetString()));
        Assert.All(items.Skip(1), other => Assert.All(items[0].Zip(other), pair => Assert.True(JsonElement.DeepEquals(pair.First, pair.Second), $"{pair}")));
    }

    [Fact]
    public async Task P50_an_upload_in_MessagePack_is_published()
    {
        await using var server = HubServer.Start();
        await using var probe = await ConnectAsync(server);

        var upload = await probe.BeginUploadAsync("PublishStream", "9", new { channel = "events" });
        await probe.SendTextAsync($$"""{"type":2,"invocationId":"9","item":{{JsonSerializer.Serialize(SampleEvent.CameraOffline())}}}""");
        await probe.SendTextAsync("""{"type":3,"invocationId":"9"}""");

        Assert.Equal(1, (await upload).GetProperty("count").GetInt32());
    }

    private static Task<HubProbe> ConnectAsync(HubServer server, string path = Quiet) =>
        HubProbe.ConnectAsync(server.Uri, path, protocol: MessagePackHubProtocol.ProtocolName);

    private static async Task<List<JsonElement>> RestAsync(IAsyncEnumerator<JsonElement> reader)
    {
        var items = new List<JsonElement>();
        while (await reader.MoveNextAsync())
        {
            items.Add(reader.Current);
        }

        await reader.DisposeAsync();
        return items;
    }
}
