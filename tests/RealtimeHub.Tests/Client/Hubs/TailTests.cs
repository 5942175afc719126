using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Client.Hubs;

public class TailTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TailAsync_yields_items_in_order_and_ends_with_the_channel()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.OnSubscribe = async (connection, request) =>
        {
            var result = await connection.AcceptAsync(request);
            await connection.PushFramesAsync(1, 3);
            await connection.PushAsync(new Unsubscribed("events", "events", ScriptedConnection.Epoch, 3, "completed"));
            return result;
        };
        await using var client = server.CreateClient();

        var items = new List<string>();
        await foreach (var item in client.Events.TailAsync(new(), cancellationToken: Cancellation))
        {
            items.Add(Items.Text(item));
        }

        Assert.Equal(["subscribed", "frame:1", "frame:2", "frame:3", "end:3"], items);
    }

    [Fact]
    public async Task TailAsync_throws_what_the_server_refuses_with()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.OnSubscribe = (_, _) => Task.FromResult(new SubscribeResult { Error = ErrorCodes.Forbidden.With("No.") });
        await using var client = server.CreateClient();

        await using var items = client.Events.TailAsync(new(), cancellationToken: Cancellation).GetAsyncEnumerator(Cancellation);

        await Assert.ThrowsAsync<RealtimeHub.Client.Connections.ProtocolErrorException>(async () => await items.MoveNextAsync());
    }

    [Fact]
    public async Task TailAsync_unsubscribes_when_the_loop_is_left()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();

        await foreach (var _ in client.Events.TailAsync(new(), cancellationToken: Cancellation))
        {
            break;
        }

        await server.NextCallAsync<UnsubscribeRequest>();
    }

    [Fact]
    public async Task TailAsync_lets_a_slow_reader_acknowledge_between_frames()
    {
        const int Count = 1_000;
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient(configure: o => o with { QueueCapacity = 1 });
        server.OnSubscribe = async (connection, request) =>
        {
            var result = await connection.AcceptAsync(request);
            _ = connection.PushFramesAsync(1, Count, requiresAck: true);
            return result;
        };

        var acknowledged = 0;
        Subscription? subscription = null;
        await foreach (var item in client.Events.TailAsync(new(), s => subscription = s, Cancellation))
        {
            if (item.Frame is { } frame)
            {
                Assert.Equal(++acknowledged, frame.Sequence);
                await client.Events.AckAsync(frame, Cancellation).WaitAsync(Limits.Wait, Cancellation);
            }

            if (acknowledged == Count)
            {
                break;
            }
        }

        Assert.Equal(Count, subscription!.Position!.Value.Offset);
    }

    [Fact]
    public async Task TailAsync_that_is_not_read_makes_the_server_wait_and_loses_nothing()
    {
        const int Count = 3_000;
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient(configure: o => o with { QueueCapacity = 4 });
        var pushing = Task.CompletedTask;
        server.OnSubscribe = async (connection, request) =>
        {
            var result = await connection.AcceptAsync(request);
            pushing = PushLargeAsync(connection);
            return result;
        };

        var read = 0;
        await foreach (var item in client.Events.TailAsync(new(), cancellationToken: Cancellation))
        {
            if (item.Frame is null)
            {
                continue;
            }

            Assert.Equal(++read, item.Frame.Sequence);
            if (read == 1)
            {
                // That something does not happen can only be seen by giving it time.
                await Assert.ThrowsAsync<TimeoutException>(() => pushing.WaitAsync(TimeSpan.FromSeconds(1), Cancellation));
            }

            if (read == Count)
            {
                break;
            }
        }

        await pushing;

        // 3,000 frames of 16 KiB are far more than what sockets, pipes, window and queue hold together.
        async Task PushLargeAsync(ScriptedConnection connection)
        {
            var large = new Dictionary<string, string> { ["filling"] = new('x', 16 * 1024) };
            for (var i = 1; i <= Count; i++)
            {
                await connection.PushAsync(connection.Frame(i) with { Tags = large });
            }
        }
    }
}
