using System.Net;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Hubs;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Client.Hubs;

public class ReconnectTests
{
    private readonly EventLog<StreamItem> _items = new();
    private readonly EventLog<ConnectionStateChangedEventArgs> _states = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task ConnectAsync_throws_a_final_error_when_the_key_is_refused(int status)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.RefuseWith = status;
        await using var client = server.CreateClient();

        var error = await Assert.ThrowsAsync<RealtimeConnectionException>(() => client.Events.ConnectAsync(Cancellation));

        Assert.True(error.IsFinal);
        Assert.Equal((HttpStatusCode)status, error.StatusCode);
        Assert.Equal(ConnectionState.Disconnected, client.Events.State);
    }

    [Fact]
    public async Task ConnectAsync_throws_when_nobody_is_there_and_may_be_tried_again()
    {
        var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        await server.DisposeAsync();

        var error = await Assert.ThrowsAsync<RealtimeConnectionException>(() => client.Events.ConnectAsync(Cancellation));
        await Assert.ThrowsAsync<RealtimeConnectionException>(() => client.Events.ConnectAsync(Cancellation));

        Assert.False(error.IsFinal);
        Assert.Null(error.StatusCode);
    }

    [Fact]
    public async Task Reconnect_resumes_from_the_last_accounted_position_and_drops_what_came_before()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        await SubscribeAsync(client.Events, new() { Events = ["alert.*"], Consumer = "me", Policy = "lossless", Last = 10 });
        await server.NextCallAsync<SubscribeEventsRequest>();
        var first = await server.NextConnectionAsync();
        await first.PushFramesAsync(1, 2);
        await first.PushFramesAsync(4, 4);
        Assert.Equal("subscribed frame:1 frame:2 frame:4", await TakeAsync(4));

        first.Drop();
        var again = await server.NextCallAsync<SubscribeEventsRequest>();
        await (await server.NextConnectionAsync()).PushFramesAsync(3, 5);

        Assert.Equal(new StreamPosition(ScriptedConnection.Epoch, 2), again.From);
        Assert.Equal(("events", "me", "lossless", null), (again.Id, again.Consumer, again.Policy, again.Last));
        Assert.Equal(["alert.*"], again.Events);
        Assert.Equal("subscribed frame:3 frame:5", await TakeAsync(3));
    }

    [Fact]
    public async Task Reconnect_tells_why_a_position_could_not_be_resumed()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        var subscription = await SubscribeAsync(client.Events);
        var first = await server.NextConnectionAsync();
        await first.PushFramesAsync(1, 3);
        await TakeAsync(4);
        server.OnSubscribe = async (connection, request) =>
        {
            var granted = connection.Granted(request) with
            {
                Epoch = "epoch-two",
                Sequence = 1,
                Recovered = false,
                Reason = RecoveryReasons.EpochChanged,
            };
            await connection.PushAsync(granted);
            await connection.PushFramesAsync(2, 2, "epoch-two");
            return new SubscribeResult { Subscription = granted };
        };

        first.Drop();
        var start = await _items.NextAsync();

        Assert.Equal(RecoveryReasons.EpochChanged, start.Subscribed!.Reason);
        Assert.Equal("frame:2", await TakeAsync(1));
        Assert.Equal(new StreamPosition("epoch-two", 2), subscription.Position);
        Assert.Equal(1, subscription.Coverage.Totals().EpochChanges);
    }

    [Fact]
    public async Task Reconnect_asks_for_a_new_history_from_its_first_frame_until_it_is_granted()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        await SubscribeAsync(client.Events);
        var first = await server.NextConnectionAsync();
        await server.NextCallAsync<SubscribeEventsRequest>();
        await first.PushFramesAsync(1, 3);
        await TakeAsync(4);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var granting = server.OnSubscribe;
        server.OnSubscribe = async (connection, request) =>
        {
            server.OnSubscribe = granting;
            var granted = connection.Granted(request) with { Epoch = "epoch-two", Sequence = 5, Recovered = false, Reason = RecoveryReasons.EpochChanged };
            await connection.PushAsync(granted);
            await told.Task;
            connection.Drop();
            return new SubscribeResult { Subscription = granted };
        };

        first.Drop();
        Assert.Equal(RecoveryReasons.EpochChanged, (await _items.NextAsync()).Subscribed!.Reason);
        told.SetResult();

        Assert.Equal(new StreamPosition(ScriptedConnection.Epoch, 3), (await server.NextCallAsync<SubscribeEventsRequest>()).From);
        Assert.Equal(new StreamPosition("epoch-two", 0), (await server.NextCallAsync<SubscribeEventsRequest>()).From);
    }

    [Fact]
    public async Task Frame_that_was_acknowledged_and_comes_again_is_acknowledged_again_without_being_shown()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        await SubscribeAsync(client.Events, new() { Consumer = "me" });
        var first = await server.NextConnectionAsync();
        await first.PushFramesAsync(1, 2, requiresAck: true);
        await _items.NextAsync(i => i.Frame?.Sequence == 2);
        await client.Events.AckAsync(first.Frame(1), Cancellation);
        Assert.Equal([1], (await server.NextCallAsync<AckRequest>()).Sequences);

        first.Drop();
        var second = await server.NextConnectionAsync();
        await server.NextCallAsync<SubscribeEventsRequest>();
        await second.PushFramesAsync(1, 3, requiresAck: true);

        var ack = await server.NextCallAsync<AckRequest>();
        Assert.Equal([1], ack.Sequences);
        Assert.Equal(ScriptedConnection.Epoch, ack.Epoch);
        Assert.Equal("subscribed frame:3", await TakeAsync(2));
    }

    [Fact]
    public async Task Reconnect_goes_on_for_ever_with_growing_delays()
    {
        var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient(_time, o => o with { Random = new HighestRandom() });
        await SubscribeAsync(client.Events);

        await server.DisposeAsync();

        foreach (var (attempt, seconds) in new[] { (1, 0.5), (2, 1), (3, 2), (4, 4), (5, 8), (6, 16), (7, 20), (8, 20) })
        {
            var waiting = await _states.NextAsync(s => s.State == ConnectionState.Reconnecting);
            Assert.Equal((attempt, TimeSpan.FromSeconds(seconds)), (waiting.Attempt, waiting.Delay));
            _time.Advance(waiting.Delay);
        }
    }

    [Fact]
    public async Task Reconnect_waits_as_long_as_the_server_asked_for()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient(_time);
        await SubscribeAsync(client.Events);
        var first = await server.NextConnectionAsync();

        await first.PushAsync(new Control("SERVER_SHUTDOWN", "Restarting.", true, 7_000));
        first.Drop();
        var waiting = await _states.NextAsync(s => s.State == ConnectionState.Reconnecting);
        _time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(TimeSpan.FromSeconds(7), waiting.Delay);
        Assert.Equal("SERVER_SHUTDOWN", waiting.Control!.Code);
        await server.NextConnectionAsync();
    }

    [Fact]
    public async Task Control_without_reconnect_ends_everything_after_the_last_frame()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        var subscription = await SubscribeAsync(client.Events);
        var connection = await server.NextConnectionAsync();

        await connection.PushFramesAsync(1, 1);
        await connection.PushAsync(new Control("SESSION_CLOSED", "Over.", false));
        connection.Drop();

        Assert.Equal("subscribed frame:1 error:SESSION_CLOSED", await TakeAsync(3));
        Assert.Equal("SESSION_CLOSED", (await subscription.Completion.WaitAsync(Limits.Wait, Cancellation))!.Code);
        Assert.Equal("SESSION_CLOSED", (await _states.NextAsync(s => s.State == ConnectionState.Disconnected)).Control!.Code);
    }

    [Fact]
    public async Task Reconnect_stops_when_the_key_is_refused_now()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        await SubscribeAsync(client.Events);
        var connection = await server.NextConnectionAsync();

        server.RefuseWith = 401;
        connection.Drop();

        Assert.Equal("subscribed error:UNAUTHORIZED", await TakeAsync(2));
        var end = await _states.NextAsync(s => s.State == ConnectionState.Disconnected);
        Assert.True(end.Error is RealtimeConnectionException { IsFinal: true });
    }

    [Fact]
    public async Task Resume_that_is_refused_for_now_is_tried_again()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        await SubscribeAsync(client.Events);
        var refused = 0;
        server.OnSubscribe = (connection, request) => refused++ == 0
            ? Task.FromResult(new SubscribeResult { Error = ErrorCodes.Unavailable.With("Not now.") })
            : connection.AcceptAsync(request);

        (await server.NextConnectionAsync()).Drop();
        await server.NextConnectionAsync();
        var third = await server.NextConnectionAsync();
        Assert.Equal("subscribed subscribed", await TakeAsync(2));

        await third.PushFramesAsync(1, 1);
        Assert.Equal("frame:1", await TakeAsync(1));
    }

    [Fact]
    public async Task Resume_that_is_refused_for_good_ends_the_subscription()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        var subscription = await SubscribeAsync(client.Events);
        server.OnSubscribe = (_, _) => Task.FromResult(new SubscribeResult { Error = ErrorCodes.Forbidden.With("No more.") });

        (await server.NextConnectionAsync()).Drop();

        Assert.Equal("FORBIDDEN", (await subscription.Completion.WaitAsync(Limits.Wait, Cancellation))!.Code);
    }

    [Fact]
    public async Task SubscribeAsync_survives_a_connection_that_breaks_before_the_answer()
    {
        await using var server = await ScriptedServer.StartAsync();
        var calls = 0;
        server.OnSubscribe = async (connection, request) =>
        {
            if (calls++ == 0)
            {
                connection.Drop();
                await Task.Delay(Timeout.Infinite, Cancellation);
            }

            return await connection.AcceptAsync(request);
        };
        await using var client = server.CreateClient();

        var subscription = await SubscribeAsync(client.Events).WaitAsync(Limits.Wait, Cancellation);

        Assert.Equal(0, subscription.Position!.Value.Offset);
    }

    [Fact]
    public async Task Idle_connection_rests_until_the_next_call()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        client.Events.StateChanged += (_, e) => _states.Add(e);
        await client.Events.PingAsync(Cancellation);
        var connection = await server.NextConnectionAsync();

        await connection.PushAsync(new Control("IDLE", "Nobody asks.", true));
        connection.Drop();
        await _states.NextAsync(s => s.State == ConnectionState.Idle);

        await client.Events.PingAsync(Cancellation);
    }

    [Fact]
    public async Task DisposeAsync_may_be_called_from_a_handler()
    {
        await using var server = await ScriptedServer.StartAsync();
        var client = server.CreateClient();
        var disposed = new TaskCompletionSource();
        await client.Events.SubscribeAsync(new(), async (item, _) =>
        {
            if (item.Frame is not null)
            {
                await client.DisposeAsync();
                disposed.SetResult();
            }
        }, Cancellation);

        await (await server.NextConnectionAsync()).PushFramesAsync(1, 1);

        await disposed.Task.WaitAsync(Limits.Wait, Cancellation);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Events.PingAsync(Cancellation));
    }

    private Task<Subscription> SubscribeAsync(EventsClient events, SubscribeEventsRequest? request = null)
    {
        events.StateChanged += (_, e) => _states.Add(e);
        return events.SubscribeAsync(request ?? new(), (item, _) =>
        {
            _items.Add(item);
            return ValueTask.CompletedTask;
        }, Cancellation);
    }

    private async Task<string> TakeAsync(int count)
    {
        var texts = new List<string>();
        for (var i = 0; i < count; i++)
        {
            texts.Add(Items.Text(await _items.NextAsync()));
        }

        return string.Join(' ', texts);
    }

    private sealed class HighestRandom : Random
    {
        public override double NextDouble() => 1;
    }
}
