using System.Text.Json;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Server.Hubs.Workspace;

namespace RealtimeHub.Tests.Server.WebSockets.Vectors;

/// <summary>The vectors that give a rule and its numbers, not the steps on a socket: carried out on plain WebSockets; what a socket does not show is listed with its reason.</summary>
public class VectorRuleTests
{
    private static readonly (string Folder, string File)[] Files =
        [("kfm", "flows"), ("kfm", "rate-and-backpressure"), ("events", "batching"), ("events", "compression"), ("kata", "heartbeat"), ("kata", "hub-fanout")];

    private static readonly string[] CarriedOut =
        ["kfm-flow-4", "kfm-flow-7", "nem-batch-2", "nem-batch-4", "nem-comp-7", "kata-hb-6", "kata-hub-3", "kata-hub-6"];

    private static readonly Dictionary<string, string> NotOnASocket = new()
    {
        ["kfm-rate-8"] = "Quotas of governed places: a rule of the policy below all routes, which CareAccessTests checks.",
        ["nem-batch-9"] = "A figure of the batcher itself; here batches are counted by whoever reads them.",
        ["nem-comp-11"] = "A figure of the compressor itself, which nothing tells.",
        ["kata-hub-4"] = "A count within the hub that no message tells; KataRuleTests looks at it.",
    };

    [Fact]
    public void P340_every_case_is_carried_out_or_listed()
    {
        var all = Files.SelectMany(f => Cases(f.Folder, f.File)).Select(c => c.GetProperty("id").GetString()!).Order(StringComparer.Ordinal);

        Assert.Equal([.. CarriedOut.Concat(NotOnASocket.Keys).Order(StringComparer.Ordinal)], all);
    }

    [Fact]
    public async Task P352_unsubscribe_stops_the_stream()
    {
        var vector = Case("kfm", "flows", "kfm-flow-4");
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/climate");
        await probe.SendAsync(vector.GetProperty("before")[0].GetRawText());
        await probe.NextAsync("data");

        await probe.SendAsync(vector.GetProperty("send").GetRawText());
        var asked = 0;
        for (var second = 0; second < vector.GetProperty("expect_none_after_s").GetInt32(); second += 30)
        {
            // Unsubscribing once more is refused, which tells that everything before was done.
            await probe.SendAsync(vector.GetProperty("send").GetRawText());
            await probe.WaitForAsync("error", ++asked);
            clock.Advance(TimeSpan.FromSeconds(30));
        }

        await probe.SendAsync(vector.GetProperty("send").GetRawText());
        await probe.WaitForAsync("error", asked + 1);
        Assert.Single(probe.All, m => m.GetProperty("type").GetString() == "data");
    }

    [Fact]
    public async Task P352_the_same_seed_and_inputs_give_the_same_frame()
    {
        var vector = Case("kfm", "flows", "kfm-flow-7");
        var frames = new List<JsonElement>();
        for (var run = 0; run < vector.GetProperty("runs").GetInt32(); run++)
        {
            await using var server = HubServer.Start(clock: new ManualTimeProvider());
            await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/climate");
            frames.Add(await probe.AskAsync(vector.GetProperty("send").GetRawText()));
        }

        Assert.Equal(frames[0].GetProperty("data").GetRawText(), frames[1].GetProperty("data").GetRawText());
        Assert.Equal(frames[0].GetProperty("checksums").GetProperty("multihash").GetString(), frames[1].GetProperty("checksums").GetProperty("multihash").GetString());
    }

    [Theory]
    [InlineData("nem-batch-2")]
    [InlineData("nem-batch-4")]
    public async Task P341_batches_wait_for_their_interval_or_their_size(string id)
    {
        var vector = Case("events", "batching", id);
        var published = vector.GetProperty("publish").GetArrayLength();
        var interval = vector.GetProperty("config").TryGetProperty("interval_ms", out var ms) ? ms.GetInt32() : 100;
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(
            new Dictionary<string, string?>
            {
                ["WebSockets:Events:BatchInterval"] = TimeSpan.FromMilliseconds(interval).ToString("c"),
                ["WebSockets:Events:BatchMaxMessages"] = vector.GetProperty("config").GetProperty("max").GetRawText(),
            },
            clock);
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events");
        await probe.SettleAsync();

        await http.PublishLinesAsync(vector.GetProperty("publish").EnumerateArray().Select(p =>
            (object)new { type = "detection.new", payload = new { detection_id = p[1].GetProperty("id").GetInt32() + 1, label = "cat", confidence = 0.5, camera_id = "c" } }));
        var expected = vector.GetProperty("expect_sent_immediately");
        if (expected.GetArrayLength() == 0)
        {
            await probe.SettleAsync();
            Assert.DoesNotContain(probe.All, IsBatch);
            for (var i = 0; i < 100 && !probe.All.Any(IsBatch); i++)
            {
                // The timer begins when the frame is written, which nothing tells.
                clock.Advance(TimeSpan.FromMilliseconds(interval));
                await probe.SettleAsync();
            }
        }

        var batch = await probe.NextAsync("batch");
        Assert.Equal(("detections", published), (batch.GetProperty("channel").GetString(), batch.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task P343_nothing_is_compressed_where_that_is_switched_off()
    {
        var vector = Case("events", "compression", "nem-comp-7");
        await using var server = HubServer.Start(new Dictionary<string, string?> { ["WebSockets:Events:Compression"] = vector.GetProperty("enabled").GetRawText() });
        using var http = server.Http();
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws/events?format=zlib");
        await probe.SettleAsync();

        var text = new string('x', vector.GetProperty("message_text_length").GetInt32());
        await http.PublishAsync(new { type = "system.error", payload = new { error = "e", message = text, timestamp = "2026-01-01T00:00:00Z" } });
        await probe.NextAsync("system.error");

        Assert.Equal((byte)'{', probe.Raw[^1][0]);
    }

    [Fact]
    public async Task P354_a_dead_client_that_answers_no_close_is_removed()
    {
        var vector = Case("kata", "heartbeat", "kata-hb-6");
        var clock = new ManualTimeProvider();
        await using var server = await WorkspaceServer.StartAsync(clock: clock);
        await using var relay = new TcpRelay(server.Uri.Port);
        await using var probe = await PlainProbe.ConnectAsync(new Uri($"http://127.0.0.1:{relay.Port}"), "/ws", WorkspaceServer.Ada);
        await probe.SettleAsync();

        // What is paused after a message answers neither a ping nor the close frame.
        probe.Pause();
        await probe.SettleAsync();
        clock.Advance(TimeSpan.FromMilliseconds(vector.GetProperty("now_ms").GetInt32() - vector.GetProperty("last_pong_ms").GetInt32()));
        relay.Cut();

        await server.WaitForConnectionsAsync(vector.GetProperty("expect").GetProperty("remaining").GetArrayLength());
    }

    [Fact]
    public async Task P354_one_broken_socket_does_not_stop_the_others_and_is_removed()
    {
        var vector = Case("kata", "hub-fanout", "kata-hub-3");
        await using var server = await WorkspaceServer.StartAsync();
        using var http = server.Http(WorkspaceServer.Ada);
        var channel = vector.GetProperty("publish").GetProperty("channel").GetString()!;
        var probes = new Dictionary<string, PlainProbe>();
        foreach (var connection in vector.GetProperty("connections").EnumerateObject())
        {
            probes[connection.Name] = await PlainProbe.ConnectAsync(server.Uri, "/ws", WorkspaceServer.Ada);
            await probes[connection.Name].AskAsync(new { type = "subscribe", channel });
        }

        foreach (var broken in vector.GetProperty("broken").EnumerateArray())
        {
            probes.Remove(broken.GetString()!, out var cut);
            await cut!.DisposeAsync();
        }

        await http.PublishAsync(new { type = vector.GetProperty("publish").GetProperty("payload").GetProperty("type").GetString(), payload = new { } }, channel);
        foreach (var name in vector.GetProperty("expect").GetProperty("received_by").EnumerateArray())
        {
            await probes[name.GetString()!].WaitForAsync("spec_updated", vector.GetProperty("expect").GetProperty("delivered").GetInt32());
        }

        await server.WaitForConnectionsAsync(vector.GetProperty("expect").GetProperty("connections_after").GetArrayLength());
        foreach (var probe in probes.Values)
        {
            await probe.DisposeAsync();
        }
    }

    [Fact]
    public async Task P354_subscribing_twice_delivers_once()
    {
        var vector = Case("kata", "hub-fanout", "kata-hub-6");
        await using var server = await WorkspaceServer.StartAsync();
        using var http = server.Http(WorkspaceServer.Ada);
        await using var probe = await PlainProbe.ConnectAsync(server.Uri, "/ws", WorkspaceServer.Ada);
        foreach (var channel in vector.GetProperty("connections").GetProperty("a").EnumerateArray())
        {
            await probe.AskAsync(new { type = "subscribe", channel });
        }

        await http.PublishAsync(new { type = "spec_updated", payload = new { } }, vector.GetProperty("publish").GetProperty("channel").GetString()!);
        await probe.WaitForAsync("spec_updated");
        await probe.SettleAsync();

        Assert.Equal(vector.GetProperty("expect").GetProperty("copies_per_connection").GetInt32(), probe.All.Count(m => m.GetProperty("type").GetString() == "spec_updated"));
    }

    private static bool IsBatch(JsonElement message) => message.TryGetProperty("type", out var type) && type.GetString() == "batch";

    private static JsonElement Case(string folder, string file, string id) => Cases(folder, file).Single(c => c.GetProperty("id").GetString() == id);

    private static List<JsonElement> Cases(string folder, string file) =>
        [.. JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(WorkTree.Root, "tests", "vectors", folder, $"{file}.json"))).GetProperty("cases").EnumerateArray()];
}
