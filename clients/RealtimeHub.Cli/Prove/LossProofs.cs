using System.Text.Json.Nodes;
using RealtimeHub.Cli.Wire;

namespace RealtimeHub.Cli.Prove;

/// <summary>Loss is announced: filters, readers that stand still, and the heartbeat that closes the books.</summary>
internal static class LossProofs
{
    private const string Loss = "loss";
    private const string Slow = "slow";
    private const int SlowFrames = 260;
    private const int SlowBytes = 60_000;
    private const int SmallReceiveBuffer = 16 * 1024;

    private static readonly TimeSpan HeartbeatLimit = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan HealthyLimit = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<Proof> All { get; } =
    [
        new(Loss, "P21", "What a filter withholds is counted, and the count is right", FilterAsync),
        new(Loss, "P22", "A heartbeat names the newest position, and nothing below it is missing", HeartbeatAsync),
        new(Slow, "P24", "A reader that stands still loses the oldest (drop_oldest), with a Gap", (s, t) => StandStillAsync(s, "drop_oldest", t)),
        new(Slow, "P24", "A reader that stands still loses the newest (drop_newest), with a Gap", (s, t) => StandStillAsync(s, "drop_newest", t)),
        new(Slow, "P24", "A reader that stands still gets every nth (compress), with Skipped", (s, t) => StandStillAsync(s, "compress", t)),
        new(Slow, "P24", "A reader that stands still loses nothing that is kept (lossless)", (s, t) => StandStillAsync(s, "lossless", t)),
        new(Slow, "P24", "A reader that stands still is cut off (disconnect), and told so when it comes back", DisconnectAsync),
        new(Slow, "P26", "A reader that stands still holds up nobody else", HealthyAsync),
    ];

    private static async Task<string> FilterAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var options = new JsonObject { ["last"] = 0, ["filter"] = new JsonObject { ["tag"] = "kind", ["op"] = "eq", ["value"] = "shown" } };
        var (socket, _) = await site.SubscribeAsync(channel, options, cancellationToken).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        var lines = Enumerable.Range(0, 30).Select(i => site.Line(i, 16) with { Tags = new Dictionary<string, string> { ["kind"] = i % 3 == 2 ? "shown" : "hidden" } });
        var end = await site.PublishAsync(channel, lines, cancellationToken).ConfigureAwait(false);
        var pushes = await socket
            .WaitAsync(p => DeliveryLedger.Of(p, channel, "Job") is { Start: >= 0 } l && l.Missing(end.Offset).Count == 0, "the notices of what was withheld", HeartbeatLimit, cancellationToken)
            .ConfigureAwait(false);
        var ledger = DeliveryLedger.Of(pushes, channel, "Job");
        ProofSite.Require(ledger.Complaint(end.Offset) is null, ledger.Complaint(end.Offset) ?? "");
        ProofSite.Require(ledger.Received.Count == 10 && ledger.Skipped == 20, $"{ledger.Received.Count} of 10 came, {ledger.Skipped} of 20 were announced.");
        ProofSite.Require(pushes.Where(p => p.Target == "Skipped").All(p => p.Text("reason") == "filtered"), "They were said to be withheld for another reason.");
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return "10 shown, 20 withheld and announced";
    }

    private static async Task<string> HeartbeatAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var (channel, end) = await site.NewChannelAsync(20, cancellationToken).ConfigureAwait(false);
        var (socket, _) = await site.SubscribeAsync(channel, ProofSite.From(end.Epoch, 0), cancellationToken).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        var pushes = await socket.WaitAsync(p => p.Any(h => h.Target == "Heartbeat" && Position(h, channel) == end.Offset), "a heartbeat at the newest frame", HeartbeatLimit, cancellationToken).ConfigureAwait(false);
        var ledger = DeliveryLedger.Of(pushes.TakeWhile(p => p.Target != "Heartbeat" || Position(p, channel) != end.Offset), channel, "Job");
        ProofSite.Require(ledger.Complaint(end.Offset) is null, ledger.Complaint(end.Offset) ?? "");
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"every {pushes.First(p => p.Target == "Heartbeat").Number("interval_seconds")} s";
    }

    private static long Position(WirePush heartbeat, string channel) => heartbeat.Argument.GetProperty("positions").EnumerateArray()
        .Where(p => p.GetProperty("channel").GetString() == channel)
        .Select(p => p.GetProperty("sequence").GetInt64())
        .FirstOrDefault(-1);

    private static async Task<string> StandStillAsync(ProofSite site, string policy, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var (socket, _) = await site.SubscribeAsync(channel, Options(policy), cancellationToken, SmallReceiveBuffer).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        socket.Pause();
        var end = await site.PublishLinesAsync(channel, SlowFrames, SlowBytes, cancellationToken).ConfigureAwait(false);
        socket.Resume();

        // One more, so that what was withheld at the end is announced at the latest with it or the next heartbeat.
        end = await site.PublishLinesAsync(channel, 1, 16, cancellationToken).ConfigureAwait(false);
        var pushes = await socket
            .WaitAsync(p => DeliveryLedger.Of(p, channel, "Job").Missing(end.Offset).Count == 0, $"frames or notices up to {end.Offset}", HeartbeatLimit, cancellationToken)
            .ConfigureAwait(false);
        var ledger = DeliveryLedger.Of(pushes, channel, "Job");
        ProofSite.Require(ledger.Complaint(end.Offset) is null, ledger.Complaint(end.Offset) ?? "");
        var (lost, skipped) = (ledger.Lost, ledger.Skipped);
        if (policy != "lossless" && lost + skipped == 0)
        {
            throw new NotApplicableException($"{SlowFrames * SlowBytes / 1_000_000} MB between server and reader were not enough to make it lag");
        }

        ProofSite.Require(
            policy switch { "lossless" => lost + skipped == 0, "compress" => lost == 0, _ => skipped == 0 },
            $"{lost} frames were lost and {skipped} skipped.");
        ProofSite.Require(policy == "lossless" || pushes.Any(p => p.Target == "Degraded"), "Nobody said that the reader lags (P25).");
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"{ledger.Received.Count} came, {lost} lost, {skipped} skipped, 0 missing";
    }

    private static async Task<string> DisconnectAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var (socket, _) = await site.SubscribeAsync(channel, Options("disconnect"), cancellationToken, SmallReceiveBuffer).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        socket.Pause();
        var end = await site.PublishLinesAsync(channel, SlowFrames, SlowBytes, cancellationToken).ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromSeconds(3), site.Time, cancellationToken).ConfigureAwait(false);
        socket.Resume();
        var pushes = await socket
            .WaitAsync(p => p.Any(c => c.Target == WirePush.Closed || (c.Target == "Job" && c.Sequence == end.Offset)), "the end of the connection", HeartbeatLimit, cancellationToken)
            .ConfigureAwait(false);
        if (pushes.Any(p => p.Target == "Job" && p.Sequence == end.Offset))
        {
            throw new NotApplicableException($"{SlowFrames * SlowBytes / 1_000_000} MB between server and reader were not enough to make it lag");
        }

        var last = pushes.Where(p => p.Target == "Job").Select(p => p.Sequence).DefaultIfEmpty(1).Max();
        var (again, subscription) = await site.SubscribeAsync(channel, ProofSite.From(end.Epoch, last), cancellationToken).ConfigureAwait(false);
        await using var closingAgain = again.ConfigureAwait(false);
        var reason = subscription.TryGetProperty("reason", out var given) ? given.GetString() : null;
        ProofSite.Require(
            reason == "slow_consumer" || pushes.Any(p => p.Target == "Control" && p.Text("code") == "SLOW_CONSUMER"),
            $"Nobody said why the connection was cut; coming back was answered {subscription.GetRawText()}");
        await RecoveryProofs.UntilAsync(again, channel, end.Offset, cancellationToken).ConfigureAwait(false);
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"cut after frame {last}; coming back resumed to {end.Offset}";
    }

    private static async Task<string> HealthyAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var (stalled, _) = await site.SubscribeAsync(channel, Options("lossless"), cancellationToken, SmallReceiveBuffer).ConfigureAwait(false);
        await using var closingStalled = stalled.ConfigureAwait(false);
        stalled.Pause();
        var (healthy, _) = await site.SubscribeAsync(channel, new JsonObject { ["last"] = 0 }, cancellationToken).ConfigureAwait(false);
        await using var closing = healthy.ConfigureAwait(false);
        var worst = TimeSpan.Zero;
        for (var i = 0; i < SlowFrames / 20; i++)
        {
            var started = site.Time.GetTimestamp();
            var end = await site.PublishLinesAsync(channel, 20, SlowBytes, cancellationToken).ConfigureAwait(false);
            await RecoveryProofs.UntilAsync(healthy, channel, end.Offset, cancellationToken).ConfigureAwait(false);
            var took = site.Time.GetElapsedTime(started);
            worst = took > worst ? took : worst;
        }

        ProofSite.Require(worst < HealthyLimit, $"A healthy reader waited {worst.TotalSeconds:0.0} s for 20 frames while another stood still.");
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"published and read within {worst.TotalMilliseconds:0} ms at worst, beside a reader that stood still";
    }

    private static JsonObject Options(string policy) => new() { ["last"] = 0, ["policy"] = policy, ["max_lag_frames"] = 4 };
}
