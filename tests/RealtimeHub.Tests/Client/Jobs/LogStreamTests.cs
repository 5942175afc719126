using RealtimeHub.Client.Accounting;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Client.Jobs;

public class LogStreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StreamLogsAsync_goes_on_after_a_broken_connection_and_ends_with_the_job()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Jobs.OnStream = (connection, request) => request.From is null
            ? WholeAsync(connection, request, 1, 2).Where(i => i.End is null).Concat(NothingAsync())
            : WholeAsync(connection, request, 2, 4);
        await using var client = server.CreateClient();
        var coverage = new Coverage();

        var stream = client.Jobs.StreamLogsAsync(new() { JobId = "1", Last = 5 }, coverage, Cancellation);
        var items = await ReadAsync(stream.Select(async (StreamItem item, CancellationToken _) =>
        {
            if (item.Frame?.Sequence == 2)
            {
                (await server.NextConnectionAsync()).Drop();
            }

            return item;
        }));

        Assert.Equal("subscribed frame:1 frame:2 subscribed frame:3 frame:4 end:4", items);
        await server.NextCallAsync<SubscribeJobRequest>();
        var again = await server.NextCallAsync<SubscribeJobRequest>();
        Assert.Equal(new StreamPosition(ScriptedConnection.Epoch, 2), again.From);
        Assert.Null(again.Last);
        Assert.Equal(1, coverage.Totals().Duplicates);
    }

    [Fact]
    public async Task StreamLogsAsync_yields_a_refusal_and_ends()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Jobs.OnStream = (_, _) => new[] { Error(ErrorCodes.JobNotFound) }.ToAsyncEnumerable();
        await using var client = server.CreateClient();

        Assert.Equal("error:JOB_NOT_FOUND", await ReadAsync(client.Jobs.StreamLogsAsync(new() { JobId = "1" }, null, Cancellation)));
    }

    [Fact]
    public async Task StreamLogsAsync_asks_again_when_an_accepted_stream_breaks_off_for_now()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Jobs.OnStream = (connection, request) => request.From is null
            ? WholeAsync(connection, request, 1, 2).Select(i => i.End is null ? i : Error(ErrorCodes.Unavailable))
            : WholeAsync(connection, request, 3, 3);
        await using var client = server.CreateClient();

        var items = await ReadAsync(client.Jobs.StreamLogsAsync(new() { JobId = "1" }, null, Cancellation));

        Assert.Equal("subscribed frame:1 frame:2 subscribed frame:3 end:3", items);
    }

    [Fact]
    public async Task StreamLogsAsync_reads_a_log_that_began_anew_from_its_first_line()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Jobs.OnStream = (connection, request) => request.From switch
        {
            null => WholeAsync(connection, request, 1, 1).Where(i => i.End is null).Concat(NothingAsync()),
            { Epoch: ScriptedConnection.Epoch } => Renewed(connection, request).ToAsyncEnumerable().Concat(NothingAsync()),
            _ => WholeAsync(connection, request, 1, 2, epoch: "epoch-two"),
        };
        await using var client = server.CreateClient();

        var items = await ReadAsync(client.Jobs.StreamLogsAsync(new() { JobId = "1" }, null, Cancellation).Select(
            async (StreamItem item, CancellationToken _) =>
            {
                if (item.Frame is { Sequence: 1, Epoch: ScriptedConnection.Epoch })
                {
                    (await server.NextConnectionAsync()).Drop();
                }

                return item;
            }));

        Assert.Equal("subscribed frame:1 subscribed subscribed frame:1 frame:2 end:2", items);
    }

    [Fact]
    public async Task StreamLogsAsync_still_reads_a_new_log_from_its_first_line_when_it_is_first_refused_for_now()
    {
        await using var server = await ScriptedServer.StartAsync();
        var asked = 0;
        server.Jobs.OnStream = (connection, request) => request.From switch
        {
            null => WholeAsync(connection, request, 1, 1).Where(i => i.End is null).Concat(NothingAsync()),
            { Epoch: ScriptedConnection.Epoch } => Renewed(connection, request).ToAsyncEnumerable().Concat(NothingAsync()),
            { Offset: 0 } when asked++ == 0 => new[] { Error(ErrorCodes.Unavailable) }.ToAsyncEnumerable(),
            { Offset: 0 } => WholeAsync(connection, request, 1, 2, epoch: "epoch-two"),
            _ => WholeAsync(connection, request, 2, 2, epoch: "epoch-two"),
        };
        await using var client = server.CreateClient();

        var items = await ReadAsync(client.Jobs.StreamLogsAsync(new() { JobId = "1" }, null, Cancellation).Select(
            async (StreamItem item, CancellationToken _) =>
            {
                if (item.Frame is { Sequence: 1, Epoch: ScriptedConnection.Epoch })
                {
                    (await server.NextConnectionAsync()).Drop();
                }

                return item;
            }));

        Assert.Equal("subscribed frame:1 subscribed subscribed frame:1 frame:2 end:2", items);
    }

    [Fact]
    public async Task StreamLogsAsync_throws_when_the_key_is_refused()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.RefuseWith = 401;
        await using var client = server.CreateClient();

        await Assert.ThrowsAsync<RealtimeConnectionException>(
            () => ReadAsync(client.Jobs.StreamLogsAsync(new() { JobId = "1" }, null, Cancellation)));
    }

    [Fact]
    public async Task StreamLogsAsync_that_is_not_read_makes_the_server_wait_and_loses_nothing()
    {
        const int Count = 5_000;
        await using var server = await ScriptedServer.StartAsync();
        server.Jobs.OnStream = (connection, request) => WholeAsync(connection, request, 1, Count, 8 * 1024);
        await using var client = server.CreateClient();

        var read = 0;
        await foreach (var item in client.Jobs.StreamLogsAsync(new() { JobId = "1" }, null, Cancellation))
        {
            if (item.Frame is { } frame)
            {
                Assert.Equal(++read, frame.Sequence);
            }
        }

        Assert.Equal(Count, read);
    }

    private static async IAsyncEnumerable<StreamItem> NothingAsync()
    {
        await Task.Delay(Timeout.Infinite, Cancellation);
        yield break;
    }

    private static async IAsyncEnumerable<StreamItem> WholeAsync(
        ScriptedConnection connection,
        SubscribeJobRequest request,
        long from,
        long to,
        int size = 1,
        string epoch = ScriptedConnection.Epoch)
    {
        await Task.Yield();
        yield return new StreamItem { Kind = StreamItemKinds.Subscribed, Subscribed = connection.Granted(request) };
        var tags = new Dictionary<string, string> { ["filling"] = new('x', size) };
        for (var offset = from; offset <= to; offset++)
        {
            yield return new StreamItem { Kind = StreamItemKinds.Frame, Frame = connection.Frame(offset, epoch) with { Tags = tags } };
        }

        yield return new StreamItem { Kind = StreamItemKinds.End, End = new StreamPosition(epoch, to) };
    }

    private static IEnumerable<StreamItem> Renewed(ScriptedConnection connection, SubscribeJobRequest request)
    {
        var granted = connection.Granted(request) with
        {
            Epoch = "epoch-two",
            Sequence = 2,
            Recovered = false,
            Reason = RecoveryReasons.EpochChanged,
        };
        yield return new StreamItem { Kind = StreamItemKinds.Subscribed, Subscribed = granted };
    }

    private static StreamItem Error(ErrorCode code) => new() { Kind = StreamItemKinds.Error, Error = code.With("No.") };

    private static async Task<string> ReadAsync(IAsyncEnumerable<StreamItem> items) =>
        string.Join(' ', await items.Select(Items.Text).ToListAsync(Cancellation).AsTask().WaitAsync(Limits.Wait, Cancellation));
}
