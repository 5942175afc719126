using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Tests.Client.Scripted;

namespace RealtimeHub.Tests.Cli.Commands;

public class ReadCommandsTests
{
    private static readonly SystemStatus Status = new()
    {
        Node = "node-a",
        Health = "healthy",
        UptimeSeconds = 61,
        Cpu = new CpuStatus(2, 12.5, null, null),
        Memory = new MemoryStatus(1 << 20, 1 << 20, 1 << 30, null),
        Gc = new GcStatus(1, 2, 3, 0, 0),
        Threads = new ThreadStatus(9, 3, 0),
        Delivery = new DeliveryStatus(4, 5, 6, 7, 8, 9, 10, 11),
        Services = [new ServiceStatus { Service = "redis", Status = "unhealthy", Message = "No answer." }],
    };

    [Fact]
    public async Task Channels_list_shows_each_channel()
    {
        await using var server = await ScriptedServer.StartAsync(app => app.MapGet("/api/v1/channels", () => Results.Json(
            new[] { new ChannelSummary("events", "epoch-one", 9, 5, 5, 1234, 2, "/hubs/events") }, RealtimeJson.Options)));

        var text = await CliRun.ToEndAsync(server.Uri, ["channels", "list"]);
        var json = await CliRun.ToEndAsync(server.Uri, ["channels", "list", "--json"]);

        Assert.Matches(@"events +9 +5 +1234 +2 +epoch-one +/hubs/events", text.Output);
        Assert.Equal(
            """{"channel":"events","epoch":"epoch-one","sequence":9,"oldest":5,"frames":5,"bytes":1234,"subscriptions":2,"hub":"/hubs/events"}""",
            json.Output.Trim());
    }

    [Fact]
    public async Task Channels_history_shows_frames_and_the_next_page()
    {
        await using var server = await ScriptedServer.StartAsync(app => app.MapGet("/api/v1/channels/{channel}/history", (string channel) => Results.Json(
            new HistoryPage
            {
                Channel = channel,
                Position = new StreamPosition("epoch-one", 9),
                Oldest = 5,
                Next = 6,
                Frames =
                [
                    new FrameEnvelope
                    {
                        Type = "camera.offline", Channel = channel, Epoch = "epoch-one", Sequence = 5, EventId = "e",
                        Timestamp = DateTimeOffset.UnixEpoch, Payload = JsonPayload.FromValidUtf8("{}"u8.ToArray()),
                    },
                ],
            },
            RealtimeJson.Options)));

        var result = await CliRun.ToEndAsync(server.Uri, ["channels", "history", "events", "--from", "5", "--limit", "1", "--order", "desc"]);

        Assert.Equal("?order=desc&from=5&limit=1", server.LastQuery);
        Assert.StartsWith("5      00:00:00.000Z -        camera.offline", result.Output);
        Assert.Contains("The next page: --from 6", result.Error);
    }

    [Fact]
    public async Task System_watch_once_shows_the_newest_status()
    {
        await using var server = await ServingStatusAsync();

        var text = await CliRun.ToEndAsync(server.Uri, ["system", "watch", "--once"]);
        var json = await CliRun.ToEndAsync(server.Uri, ["system", "watch", "--once", "--json"]);

        Assert.Equal(0, text.Code);
        Assert.Contains("node-a, healthy, up 0:01:01", text.Output);
        Assert.Contains("unhealthy No answer.", text.Output);
        Assert.Contains("\"node\":\"node-a\"", json.Output);
    }

    [Fact]
    public async Task System_watch_goes_on_until_interrupted()
    {
        await using var server = await ServingStatusAsync();
        await using var run = CliRun.Start(server.Uri, "system", "watch");
        await run.Output.LineAsync("node-a");

        Assert.Equal(0, (await run.InterruptAsync()).Code);
    }

    private static async Task<ScriptedServer> ServingStatusAsync()
    {
        var server = await ScriptedServer.StartAsync();
        server.OnSubscribe = async (connection, request) =>
        {
            var result = await connection.AcceptAsync(request);
            await connection.PushAsync(connection.Frame(1) with
            {
                Type = "node.status",
                Payload = JsonPayload.From(Status, RealtimeJsonContext.Default.SystemStatus),
            });
            return result;
        };
        return server;
    }
}
