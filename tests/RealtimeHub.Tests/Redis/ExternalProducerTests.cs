using System.Text.RegularExpressions;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Testing;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Redis;

/// <summary>A producer that speaks nothing but Redis, with the call that PROTOCOL.md shows.</summary>
public sealed partial class ExternalProducerTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly ChannelName Channel = ChannelName.Parse("events");

    [Fact]
    public async Task P318_a_script_call_of_redis_cli_publishes_and_repeats_give_the_first_answer()
    {
        var server = redis.Server;
        await using var node = await RedisNode.StartAsync(
            RedisNode.Quick(server.Endpoint, "rt:"), EngineParts.Family(name: "events") with { DeduplicatesEventIds = true });
        var channel = (await node.Store.OpenAsync(Channel, TestContext.Current.CancellationToken))!;

        var first = await CallAsync(server);
        var again = await CallAsync(server);
        await node.Store.AppendAsync(new AppendRequest(Channel, [TestEnvelopes.Envelope() with { Payload = JsonPayload.FromValidUtf8("{}"u8.ToArray()) }]), TestContext.Current.CancellationToken);
        await node.Store.FindAsync(Channel, TestContext.Current.CancellationToken);

        Assert.Equal(["done", channel.Log.Epoch, "0", "1", "0", "cam-7-0001"], first);
        Assert.Equal(["done", channel.Log.Epoch, "1", "1", "0", "cam-7-0001"], again);
        await Soon.HappensAsync(Task.Run(() => SpinWait.SpinUntil(() => channel.Log.Newest == 2, TimeSpan.FromSeconds(10)), TestContext.Current.CancellationToken), "both frames were heard");
        var frame = channel.Log.TryGet(1)!.Envelope!;
        Assert.Equal(("camera.offline", "cam-7-0001", "c7"), (frame.Type, frame.EventId, frame.Tags!["camera_id"]));
        Assert.Equal("""{"camera_id":"c7"}""", frame.Payload.ToString());
    }

    [Fact]
    public async Task P318_what_is_no_envelope_keeps_its_place_and_nothing_else()
    {
        var server = redis.Server;
        await using var node = await RedisNode.StartAsync(RedisNode.Quick(server.Endpoint, "bad:"), EngineParts.Family(name: "events"));
        var script = Path.Combine(WorkTree.Root, "src/RealtimeHub.Redis/Scripts/append.lua");

        await server.CliAsync(
            "--eval", script, "bad:{events}:state", "bad:{events}:stream", "bad:{events}:kept", "bad:{events}:ids", "bad:{events}:key:", ",",
            "bad:{events}:new", "e0e0e0e0e0e0e0e0", "100", "100000", "1000000", "0", "", "", "0", "0", "", "0", "x1", "10", "no json");

        var log = (await node.Store.OpenAsync(Channel, TestContext.Current.CancellationToken))!.Log;
        Assert.Equal(("unreadable", "{}"), (log.TryGet(1)!.Envelope!.Type, log.TryGet(1)!.Envelope!.Payload.ToString()));
    }

    // The words of the call as PROTOCOL.md shows it, as a shell would take them apart.
    private static async Task<string[]> CallAsync(RedisServer server)
    {
        var protocol = await File.ReadAllTextAsync(Path.Combine(WorkTree.Root, "src/RealtimeHub.Protocol/PROTOCOL.md"), TestContext.Current.CancellationToken);
        var call = Call().Match(protocol);
        Assert.True(call.Success, "PROTOCOL.md shows no call of redis-cli.");
        var words = Word().Matches(call.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal))
            .Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)
            .Select(w => w.EndsWith("append.lua", StringComparison.Ordinal) ? Path.Combine(WorkTree.Root, w) : w);
        var printed = await server.CliAsync([.. words]);
        return printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("redis-cli (--eval .*?)```", RegexOptions.Singleline)]
    private static partial Regex Call();

    [GeneratedRegex("'([^']*)'|[^\\s']+")]
    private static partial Regex Word();
}
