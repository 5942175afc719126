using System.Text.Json;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs;

public class ConnectionTests
{
    private const string Quiet = "/hubs/events?receive_all=false";

    [Theory]
    [InlineData("Subscribe", """{"events":5}""", "events")]
    [InlineData("Subscribe", """{"events":["*"],"from":"yesterday"}""", "from")]
    [InlineData("Subscribe", """{"events":["*"],"last":-1}""", "last")]
    [InlineData("Subscribe", """{"events":["*"],"last":1,"since":"2026-01-01T00:00:00Z"}""", "from")]
    [InlineData("Subscribe", """{"events":["*"],"policy":"hope"}""", "policy")]
    [InlineData("Subscribe", """{"events":["*"],"max_lag_frames":1}""", "max_lag_frames")]
    [InlineData("Subscribe", """{"events":["*"],"max_lag_bytes":99999999999}""", "max_lag_bytes")]
    [InlineData("Subscribe", """{"events":["*"],"filter":{"tag":"a","op":"like","value":"b"}}""", "filter.op")]
    [InlineData("Subscribe", """{"events":["*"],"consumer":""}""", "consumer")]
    [InlineData("Subscribe", """{}""", "events")]
    [InlineData("Subscribe", """[1]""", "request")]
    [InlineData("Subscribe", """null""", "request")]
    [InlineData("Ack", """{"channel":"events","sequences":["one"]}""", "sequences[0]")]
    [InlineData("Ack", """{"channel":"events","sequences":[]}""", "sequences")]
    [InlineData("Unsubscribe", """{}""", "id")]
    public async Task P7_a_malformed_call_names_the_field_and_the_connection_lives(string method, string argument, string field)
    {
        await using var server = HubServer.Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);

        var result = await probe.CallAsync(method, JsonSerializer.Deserialize<JsonElement>(argument));
        var pong = await probe.CallAsync("Ping");

        var error = result.GetProperty("error");
        Assert.Equal("INVALID_REQUEST", error.GetProperty("code").GetString());
        Assert.Contains(field, error.GetProperty("details").GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()));
        Assert.Equal("pong", pong.GetProperty("type").GetString());
    }

    [Fact]
    public async Task P7_an_unknown_method_or_a_wrong_number_of_arguments_fails_and_the_connection_lives()
    {
        await using var server = HubServer.Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);

        await Assert.ThrowsAsync<InvalidOperationException>(() => probe.CallAsync("Destroy", 1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => probe.CallAsync("Subscribe", 1, 2, 3));

        Assert.Equal("pong", (await probe.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task P82_a_message_that_cannot_be_parsed_closes_with_a_notice()
    {
        await using var server = HubServer.Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);

        await probe.SendTextAsync("{\"type\":1,\"target\":\u001e");
        await probe.WaitForCloseAsync();

        var control = Assert.Single(probe.All, p => p.Target == "Control");
        Assert.Equal(("INVALID_FRAME", false), (control["code"].GetString(), control["reconnect"].GetBoolean()));
        Assert.Equal(["Control", "Close", "Closed"], probe.All.Select(p => p.Target).Where(t => t != "Heartbeat"));
    }

    [Fact]
    public async Task P82_a_message_over_the_limit_closes_with_a_notice()
    {
        await using var server = HubServer.Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);

        await probe.SendTextAsync($$"""{"type":1,"target":"Ping","arguments":["{{new string('x', 70_000)}}"]}""" + "\u001e");
        await probe.WaitForCloseAsync();

        Assert.Equal("MESSAGE_TOO_LARGE", Assert.Single(probe.All, p => p.Target == "Control")["code"].GetString());
    }

    [Fact]
    public async Task P16_the_hundred_and_first_subscription_is_refused()
    {
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["Channels:MaxSubscriptionsPerConnection"] = "2" });
        using var http = server.Http();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, "/hubs/jobs");
        foreach (var id in new[] { "a", "b", "c" })
        {
            await http.PublishAsync(new { type = "job.started", payload = new { job_id = id, job_type = "t", started_at = "2026-01-01T00:00:00Z" } }, $"job:{id}");
        }

        await probe.CallAsync("SubscribeJob", new { job_id = "a" });
        await probe.CallAsync("SubscribeJob", new { job_id = "b" });
        var third = await probe.CallAsync("SubscribeJob", new { job_id = "c" });
        var held = await probe.CallAsync("SubscribeJob", new { job_id = "b" });

        Assert.Equal("MAX_SUBSCRIPTIONS_REACHED", third.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("2 subscriptions per connection", third.GetProperty("error").GetProperty("details").GetProperty("limit").GetString());
        Assert.True(held.TryGetProperty("subscription", out _));
    }

    [Fact]
    public async Task P83_a_connection_with_nothing_to_do_is_closed_as_idle_and_one_that_receives_is_not()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        await using var idle = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await idle.CallAsync("Ping");
        await using var receiving = await HubProbe.ConnectAsync(server.Uri, "/hubs/events");
        await receiving.WaitForAsync("Subscribed");

        clock.Advance(TimeSpan.FromSeconds(299));
        await idle.CallAsync("Ping");
        clock.Advance(TimeSpan.FromSeconds(299));
        var before = idle.All.Count(p => p.Target == "Control");
        clock.Advance(TimeSpan.FromSeconds(2));
        var control = (await idle.WaitForAsync("Control"))[0];
        await idle.WaitForAsync("Close");

        Assert.Equal(0, before);
        Assert.Equal(("IDLE", true), (control["code"].GetString(), control["reconnect"].GetBoolean()));
        Assert.Equal("pong", (await receiving.CallAsync("Ping")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task P81_a_stopping_server_tells_its_clients_to_come_back()
    {
        var server = HubServer.Start();
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Quiet);
        await probe.CallAsync("Ping");

        await server.DisposeAsync();

        var control = (await probe.WaitForAsync("Control"))[0];
        Assert.Equal(("SERVER_SHUTDOWN", true), (control["code"].GetString(), control["reconnect"].GetBoolean()));
    }
}
