using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Hubs;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Client.Hubs;

public class EventsClientTests
{
    private readonly EventLog<StreamItem> _items = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SubscribeAsync_hands_on_the_start_and_every_frame_and_notice_in_order()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        var subscription = await SubscribeAsync(client.Events);
        var connection = await server.NextConnectionAsync();

        await connection.PushFramesAsync(1, 2);
        await connection.PushAsync(new Gap("events", ScriptedConnection.Epoch, 3, 4, 2, GapReasons.DropOldest));
        await connection.PushFramesAsync(5, 5);
        await connection.PushAsync(new Skipped("events", ScriptedConnection.Epoch, 6, 7, 2, SkipReasons.Filtered));
        await connection.PushAsync(new Degraded("events", "slow_consumer", SlowConsumerPolicies.DropOldest, 9));

        Assert.Equal("subscribed frame:1 frame:2 gap:3 frame:5 skipped:6 degraded", await TakeAsync(7));
        Assert.Equal(7, subscription.Position!.Value.Offset);
    }

    [Fact]
    public async Task SubscribeAsync_sends_the_key_and_asks_for_nothing_unasked()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();

        await SubscribeAsync(client.Events);

        Assert.Equal("test-key", server.LastHeaders!["X-API-Key"]);
        Assert.StartsWith("RealtimeHub.Client/", server.LastHeaders.UserAgent);
        Assert.Equal("?receive_all=false", server.LastQuery);
        Assert.Equal(["*"], (await server.NextCallAsync<SubscribeEventsRequest>()).Events);
    }

    [Fact]
    public async Task SubscribeAsync_takes_the_answer_when_there_is_no_notice()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.OnSubscribe = (c, r) => Task.FromResult(new SubscribeResult { Subscription = c.Granted(r) });
        await using var client = server.CreateClient();
        await SubscribeAsync(client.Events);

        await (await server.NextConnectionAsync()).PushFramesAsync(1, 1);

        Assert.Equal("subscribed frame:1", await TakeAsync(2));
    }

    [Fact]
    public async Task SubscribeAsync_takes_the_notice_when_the_answer_is_late()
    {
        await using var server = await ScriptedServer.StartAsync();
        var answer = new TaskCompletionSource<SubscribeResult>();
        server.OnSubscribe = async (connection, request) =>
        {
            await connection.AcceptAsync(request);
            await connection.PushFramesAsync(1, 1);
            return await answer.Task;
        };
        await using var client = server.CreateClient();

        var subscribing = SubscribeAsync(client.Events);

        Assert.Equal("subscribed frame:1", await TakeAsync(2));
        answer.SetResult(new SubscribeResult());
        Assert.Equal(1, (await subscribing).Position!.Value.Offset);
    }

    [Fact]
    public async Task SubscribeAsync_throws_what_the_server_refuses_with()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.OnSubscribe = (_, _) => Task.FromResult(new SubscribeResult { Error = ErrorCodes.InvalidRequest.With("No.") });
        await using var client = server.CreateClient();

        var refusal = await Assert.ThrowsAsync<ProtocolErrorException>(() => SubscribeAsync(client.Events));

        Assert.Equal(ErrorCodes.InvalidRequest.Code, refusal.Error.Code);
        server.OnSubscribe = (connection, request) => connection.AcceptAsync(request);
        await SubscribeAsync(client.Events);
    }

    [Fact]
    public async Task SubscribeAsync_refuses_a_second_subscription()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        await SubscribeAsync(client.Events);

        await Assert.ThrowsAsync<InvalidOperationException>(() => SubscribeAsync(client.Events));
    }

    [Fact]
    public async Task SubscribeAsync_can_be_called_from_a_handler_of_another_hub_client()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        var inner = new TaskCompletionSource<Subscription>();
        await client.Jobs.SubscribeJobsAsync(new(), async (item, _) =>
        {
            if (item.Frame is not null)
            {
                inner.SetResult(await client.Jobs.SubscribeJobAsync(new() { JobId = "1" }, (_, _) => ValueTask.CompletedTask, Cancellation));
            }
        }, Cancellation);

        await (await server.NextConnectionAsync()).PushFramesAsync(1, 1);

        Assert.Equal("job:1", (await inner.Task.WaitAsync(Limits.Wait, Cancellation)).Id);
    }

    [Fact]
    public async Task UnsubscribeAsync_ends_the_subscription_on_both_sides()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        var subscription = await SubscribeAsync(client.Events);

        await subscription.UnsubscribeAsync(Cancellation);

        Assert.Equal("events", (await server.NextCallAsync<UnsubscribeRequest>()).Id);
        Assert.Null(await subscription.Completion);
    }

    [Fact]
    public async Task Unsubscribed_ends_the_subscription_with_its_reason()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        var subscription = await SubscribeAsync(client.Events);

        await (await server.NextConnectionAsync()).PushAsync(
            new Unsubscribed("events", "events", ScriptedConnection.Epoch, 0, "CHANNEL_FORBIDDEN", ErrorCodes.ChannelForbidden.With("No more.")));

        Assert.Equal("subscribed error:CHANNEL_FORBIDDEN", await TakeAsync(2));
        Assert.Equal(ErrorCodes.ChannelForbidden.Code, (await subscription.Completion.WaitAsync(Limits.Wait, Cancellation))!.Code);
    }

    [Fact]
    public async Task Handler_that_throws_is_reported_and_the_next_frame_comes()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        var errors = new EventLog<Exception>();
        client.Events.ErrorOccurred += (_, e) => errors.Add(e.Error);
        await client.Events.SubscribeAsync(new(), (item, _) =>
        {
            _items.Add(item);
            return item.Frame?.Sequence == 1 ? throw new InvalidOperationException("Handler.") : ValueTask.CompletedTask;
        }, Cancellation);

        await (await server.NextConnectionAsync()).PushFramesAsync(1, 2);

        Assert.Equal("subscribed frame:1 frame:2", await TakeAsync(3));
        Assert.Equal("Handler.", (await errors.NextAsync()).Message);
    }

    [Fact]
    public async Task AddPatternsAsync_stays_in_force_after_a_reconnect()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        await client.Events.SubscribeAsync(new() { Events = ["alert.*"] }, (_, _) => ValueTask.CompletedTask, Cancellation);
        await client.Events.AddPatternsAsync(["camera.*"], Cancellation);
        await client.Events.RemovePatternsAsync(["alert.*"], Cancellation);
        await server.NextCallAsync<UnsubscribeEventsRequest>();

        (await server.NextConnectionAsync()).Drop();

        Assert.Equal(["camera.*"], (await server.NextCallAsync<SubscribeEventsRequest>()).Events);
    }

    [Fact]
    public async Task Heartbeat_finds_frames_that_never_came()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        var subscription = await SubscribeAsync(client.Events);
        var connection = await server.NextConnectionAsync();

        await connection.PushFramesAsync(1, 1);
        await connection.PushFramesAsync(3, 3);
        await connection.PushHeartbeatAsync(3);
        await connection.PushFramesAsync(4, 4);

        await TakeAsync(4);
        Assert.Equal(1, subscription.Coverage.Totals().Missing);
    }

    [Fact]
    public async Task PingAsync_and_PublishAsync_answer()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();

        var pong = await client.Events.PingAsync(Cancellation);
        var published = await client.Events.PublishAsync(
            new PublishRequest { Channel = "events", Event = new PublishEvent { Type = "alert.created", EventId = "e1" } }, Cancellation);

        Assert.Equal("pong", pong.Type);
        Assert.Equal("e1", published.EventId);
    }

    private Task<Subscription> SubscribeAsync(EventsClient events) => events.SubscribeAsync(new(), (item, _) =>
    {
        _items.Add(item);
        return ValueTask.CompletedTask;
    }, Cancellation);

    private async Task<string> TakeAsync(int count)
    {
        var texts = new List<string>();
        for (var i = 0; i < count; i++)
        {
            texts.Add(Items.Text(await _items.NextAsync()));
        }

        return string.Join(' ', texts);
    }
}
