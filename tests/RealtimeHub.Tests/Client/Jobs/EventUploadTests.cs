using System.Threading.Channels;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Jobs;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Client.Jobs;

public class EventUploadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryWrite_streams_at_once()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        await using var upload = client.Jobs.OpenUpload("1");

        upload.TryWrite(new PublishEvent { Type = "log", EventId = "a" });

        Assert.Equal("a", (await server.Jobs.NextPublishedAsync()).EventId);
        Assert.Equal("job:1", server.Jobs.UploadChannel);
    }

    [Fact]
    public async Task CompleteAsync_waits_until_all_is_confirmed()
    {
        const int Count = 2_345;
        await using var server = await ScriptedServer.StartAsync();
        await using var client = server.CreateClient();
        await using var upload = client.Jobs.OpenUpload("1");

        Write(upload, Count);
        await upload.CompleteAsync(Cancellation).WaitAsync(Limits.Wait, Cancellation);

        Assert.Equal(Ids(Count), server.Jobs.TakePublished().Select(e => e.EventId));
        Assert.Equal(0, upload.Unconfirmed);
    }

    [Fact]
    public async Task Upload_repeats_what_a_broken_connection_left_unconfirmed_and_keeps_the_order()
    {
        const int Count = 1_500;
        await using var server = await ScriptedServer.StartAsync();
        var dropped = 0;
        server.Jobs.OnUpload = (connection, published) =>
        {
            if (published.EventId is "200" or "900" && Interlocked.Increment(ref dropped) <= 2)
            {
                connection.Drop();
            }

            return null;
        };
        await using var client = server.CreateClient();
        await using var upload = client.Jobs.OpenUpload("1");

        Write(upload, Count);
        await upload.CompleteAsync(Cancellation).WaitAsync(Limits.Wait, Cancellation);

        Assert.Equal(Ids(Count), server.Jobs.TakePublished().Select(e => e.EventId));
        Assert.True(server.Jobs.Repeated > 0);
    }

    [Fact]
    public async Task Upload_sends_again_what_is_refused_for_now()
    {
        await using var server = await ScriptedServer.StartAsync();
        var refused = 0;
        server.Jobs.OnUpload = (_, published) =>
            published.EventId == "2" && refused++ == 0 ? ErrorCodes.RateLimit.With("Slow.") with { RetryAfterMs = 1 } : null;
        await using var client = server.CreateClient();
        await using var upload = client.Jobs.OpenUpload("1");

        Write(upload, 3);
        await upload.CompleteAsync(Cancellation).WaitAsync(Limits.Wait, Cancellation);

        Assert.Equal(Ids(3), server.Jobs.TakePublished().Select(e => e.EventId));
    }

    [Fact]
    public async Task Upload_ends_with_what_is_refused_for_good()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Jobs.OnUpload = (_, _) => ErrorCodes.JobFinished.With("Over.");
        await using var client = server.CreateClient();
        await using var upload = client.Jobs.OpenUpload("1");

        Write(upload, 1);

        var refusal = await Assert.ThrowsAsync<ProtocolErrorException>(() => upload.CompleteAsync(Cancellation));
        Assert.Equal(ErrorCodes.JobFinished.Code, refusal.Error.Code);
        await Assert.ThrowsAsync<ChannelClosedException>(async () => await upload.WriteAsync(new PublishEvent(), Cancellation));
    }

    [Fact]
    public async Task TryWrite_refuses_when_the_upload_is_full()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.RefuseWith = 503;
        await using var client = server.CreateClient(new Testing.ManualTimeProvider());
        await using var upload = client.Jobs.OpenUpload("1", capacity: 2);

        Assert.True(upload.TryWrite(new PublishEvent { Type = "log" }));
        Assert.True(upload.TryWrite(new PublishEvent { Type = "log" }));

        Assert.False(upload.TryWrite(new PublishEvent { Type = "log" }));
    }

    private static void Write(EventUpload upload, int count)
    {
        foreach (var id in Ids(count))
        {
            Assert.True(upload.TryWrite(new PublishEvent { Type = "log", EventId = id }));
        }
    }

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(1, count).Select(i => i.ToString());
}
