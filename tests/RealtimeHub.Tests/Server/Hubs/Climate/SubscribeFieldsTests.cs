using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Science.Numerics;
using RealtimeHub.Testing;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

public sealed class SubscribeFieldsTests
{
    private const string Hub = "/hubs/climate";

    private static readonly object Request = new
    {
        id = "sub-001",
        stream = "climate.fields",
        variables = new[] { "t2m", "td2m" },
        time_mode = "realtime",
        domain = new { crs = "EPSG:4326", bbox = new[] { -101.0, 36.9, -94.6, 40.1 } },
        options = new { interval_seconds = 60, seed = 42 },
    };

    [Fact]
    public async Task P120_the_documented_request_is_answered_with_governed_frames_at_its_interval()
    {
        var clock = new ManualTimeProvider();
        await using var server = HubServer.Start(clock: clock);
        await using var probe = await HubProbe.ConnectAsync(server.Uri, Hub);

        var answer = await probe.CallAsync("Subscribe", Request);
        var first = (await probe.WaitForAsync("Data"))[0];
        clock.Advance(TimeSpan.FromSeconds(60));
        var second = (await probe.WaitForAsync("Data", 2))[1];

        Assert.Equal("sub-001", answer.GetProperty("subscription").GetProperty("id").GetString());
        Assert.Equal([1, 2], new[] { first.Sequence, second.Sequence });
        var frame = first.Argument.Deserialize<FrameEnvelope>(RealtimeJson.Options)!;
        var payload = frame.Payload.To(RealtimeJsonContext.Default.ClimatePayload)!;
        Assert.Equal(["t2m", "td2m"], payload.Variables);
        Assert.Equal([13, 26], frame.Blocks!["t2m"].Shape);
        Assert.Equal("h3-generalized", frame.Care!.Masking);
        Assert.Equal(frame.Checksums!.Multihash, Digest(frame));
        Assert.StartsWith("urn:kfm:activity:ws:infer:", frame.Prov!.Activity, StringComparison.Ordinal);
        Assert.Single(frame.Stac!.Items);
        Assert.InRange(payload.Data["t2m"].Mean!.Value, 285, 310);
        Assert.Equal(TimeSpan.FromHours(1), second["payload"].GetProperty("time").GetDateTimeOffset() - payload.Time);
    }

    private static string Digest(FrameEnvelope frame)
    {
        var digest = new BlockDigest();
        foreach (var (name, block) in frame.Blocks!)
        {
            digest.Add(name, block.Dtype, block.Shape, block.Data.Bytes);
        }

        return digest.ToMultihash();
    }
}
