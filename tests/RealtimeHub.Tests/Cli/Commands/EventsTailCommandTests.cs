using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Cli.Commands;

public class EventsTailCommandTests
{
    [Fact]
    public async Task Tail_shows_events_and_sums_up_when_interrupted()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var run = CliRun.Start(server.Uri, "events", "tail");
        await run.Error.LineAsync("Listening to events after epoch-one:0.");
        var connection = await server.NextConnectionAsync();

        await connection.PushAsync(connection.Frame(1) with
        {
            Payload = JsonPayload.FromValidUtf8("""{"severity":"high","camera_id":"front","summary":"Somebody is there."}"""u8.ToArray()),
        });
        await connection.PushAsync(new Gap("events", ScriptedConnection.Epoch, 2, 3, 2, GapReasons.DropOldest));
        await connection.PushAsync(new Skipped("events", ScriptedConnection.Epoch, 4, 4, 1, SkipReasons.Filtered));

        await run.Error.LineAsync("Withheld 1 frame(s) of events among 4: filtered.");
        var result = await run.InterruptAsync();
        Assert.Equal(0, result.Code);
        Assert.Equal("00:00:00.000Z high     alert.created            front          Somebody is there.\n", result.Output);
        Assert.Contains("Lost 2 frame(s) of events, 2 to 3: drop_oldest.", result.Error);
        Assert.Contains("Received 1, skipped 1 (filtered 1), lost 2 (drop_oldest 2), missing 0; go on with --from epoch-one:4", result.Error);
    }

    [Fact]
    public async Task Tail_with_json_writes_one_object_per_item()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var run = CliRun.Start(server.Uri, "events", "tail", "--json");
        await run.Output.LineAsync("""{"kind":"subscribed","subscribed":{"id":"events",""");
        var connection = await server.NextConnectionAsync();

        await connection.PushFramesAsync(1, 1);
        await run.Output.LineAsync("""{"kind":"frame","frame":{"type":"alert.created","channel":"events","epoch":"epoch-one","sequence":1,""");
        connection.Drop();
        await run.Output.LineAsync("""{"kind":"connection","state":"reconnecting","attempt":1,""");
        await run.Output.LineAsync("""{"kind":"connection","state":"connected"}""");

        var result = await run.InterruptAsync();
        Assert.Contains("""{"kind":"coverage","received":1,"duplicates":0,"skipped":{},"lost":{},"missing":0,"epoch_changes":0,"position":"epoch-one:1"}""", result.Output);
        Assert.Contains("Connected again.", result.Error);
    }

    [Fact]
    public async Task Tail_acknowledges_when_asked_to()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var run = CliRun.Start(server.Uri, "events", "tail", "--ack");
        Assert.Equal("rthub", (await server.NextCallAsync<SubscribeEventsRequest>()).Consumer);
        var connection = await server.NextConnectionAsync();

        await connection.PushFramesAsync(1, 1);
        await connection.PushFramesAsync(2, 2, requiresAck: true);

        Assert.Equal([2], (await server.NextCallAsync<AckRequest>()).Sequences);
    }

    [Fact]
    public async Task Tail_asks_for_what_the_options_say()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var run = CliRun.Start(
            server.Uri, "events", "tail", "--pattern", "alert.*", "--pattern", "camera.*", "--from", "epoch-one:5",
            "--consumer", "me", "--filter", "camera_id=front", "--filter", "severity=high");

        var request = await server.NextCallAsync<SubscribeEventsRequest>();

        Assert.Equal(["alert.*", "camera.*"], request.Events);
        Assert.Equal(new StreamPosition("epoch-one", 5), request.From);
        Assert.Equal("me", request.Consumer);
        Assert.Equal(["camera_id eq front", "severity eq high"], request.Filter!.And!.Select(f => $"{f.Tag} {f.Op} {f.Value}"));
    }

    [Fact]
    public async Task Tail_tells_of_a_lost_history()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var run = CliRun.Start(server.Uri, "events", "tail");
        await run.Error.LineAsync("Listening");
        server.OnSubscribe = async (c, request) =>
        {
            var granted = c.Granted(request) with { Epoch = "epoch-two", Recovered = false, Reason = RecoveryReasons.EpochChanged };
            await c.PushAsync(granted);
            return new SubscribeResult { Subscription = granted };
        };

        (await server.NextConnectionAsync()).Drop();

        await run.Error.LineAsync("The connection broke. Attempt 1");
        await run.Error.LineAsync("its history was lost; what came since the last position cannot be known.");
    }

    [Fact]
    public async Task Tail_fails_when_the_server_ends_it_for_good()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var run = CliRun.Start(server.Uri, "events", "tail");
        await run.Error.LineAsync("Listening");
        var connection = await server.NextConnectionAsync();

        await connection.PushAsync(new Control("SESSION_CLOSED", "Over.", false));
        connection.Drop();

        var result = await run.EndAsync();
        Assert.Equal(1, result.Code);
        Assert.Contains("Ended: Over. (SESSION_CLOSED)", result.Error);
    }
}
