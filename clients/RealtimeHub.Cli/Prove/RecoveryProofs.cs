using System.Text.Json.Nodes;
using RealtimeHub.Cli.Wire;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Cli.Prove;

/// <summary>The recovery matrix: every way to start, and every answer to a position.</summary>
internal static class RecoveryProofs
{
    private const string Group = "recovery";
    private const int Frames = 40;
    private const int FillBytes = 60_000;
    private const int FillFrames = 700;

    public static IReadOnlyList<Proof> All { get; } =
    [
        new(Group, "P12", "A position with nothing missing is resumed: every later frame, in order, once", ResumeAsync),
        new(Group, "P11", "last, since and live start where they say", StartsAsync),
        new(Group, "P13", "A position of another epoch is answered epoch_changed, and goes on live", (s, t) => RefusedAsync(s, "epoch_changed", (_, n) => ("0000000000000000", n), t)),
        new(Group, "P13", "A position beyond the newest is answered future, and goes on live", (s, t) => RefusedAsync(s, "future", (e, n) => (e, n + 1_000), t)),
        new(Group, "P13", "A position that is kept no more is answered expired, with one Gap to the oldest", ExpiredAsync),
        new(Group, "P13", "A history that may not be shown any more is answered policy_changed",
            (_, _) => throw new NotApplicableException("needs a change of the policy file, which nobody can make from outside")),
        new(Group, "P14", "Resync sets a running subscription back, and every frame comes again", ResyncAsync),
    ];

    private static async Task<string> ResumeAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var (channel, end) = await site.NewChannelAsync(Frames, cancellationToken).ConfigureAwait(false);
        var checkedCount = 0L;
        foreach (var from in new[] { 0L, 1, Frames / 2, Frames - 1, Frames })
        {
            var (socket, subscription) = await site.SubscribeAsync(channel, ProofSite.From(end.Epoch, from), cancellationToken).ConfigureAwait(false);
            await using var closing = socket.ConfigureAwait(false);
            ProofSite.Require(
                subscription.TryGetProperty("recovered", out var recovered) && recovered.GetBoolean() && !subscription.TryGetProperty("reason", out _),
                $"The position {from} of {Frames} was not recovered: {subscription.GetRawText()}");
            ProofSite.Require(subscription.GetProperty("sequence").GetInt64() == from, $"The position {from} went on after {subscription.GetProperty("sequence")}.");
            checkedCount += await CompleteAsync(socket, channel, from, Frames, cancellationToken).ConfigureAwait(false);
        }

        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"5 positions, {checkedCount} frames, each once and in order";
    }

    private static async Task<string> StartsAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        await site.PublishLinesAsync(channel, 9, 16, cancellationToken).ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromMilliseconds(1_100), site.Time, cancellationToken).ConfigureAwait(false);

        // The server's own clock decides, so the instant is taken from what it wrote between the two halves.
        var page = await site.Client.Channels.HistoryAsync(channel, null, 1, true, cancellationToken).ConfigureAwait(false);
        var between = page.Frames[0].Timestamp.AddMilliseconds(500);
        await site.PublishLinesAsync(channel, 10, 16, cancellationToken).ConfigureAwait(false);
        foreach (var (name, options, first) in new (string, JsonObject, long)[]
        {
            ("last 3", new() { ["last"] = 3 }, 18),
            ("last 0", new() { ["last"] = 0 }, 21),
            ("since", new() { ["since"] = UtcTimestampConverter.ToText(between) }, 11),
            ("last 1000", new() { ["last"] = 1_000 }, 1),
        })
        {
            var (socket, subscription) = await site.SubscribeAsync(channel, options, cancellationToken).ConfigureAwait(false);
            await using var closing = socket.ConfigureAwait(false);
            ProofSite.Require(subscription.GetProperty("sequence").GetInt64() == first - 1, $"{name} started after {subscription.GetProperty("sequence")}, not {first - 1}.");
            await CompleteAsync(socket, channel, first - 1, 20, cancellationToken).ConfigureAwait(false);
        }

        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return "last 0, 3 and 1,000 of 20, and an instant";
    }

    private static async Task<string> RefusedAsync(ProofSite site, string reason, Func<string, long, (string, long)> asked, CancellationToken cancellationToken)
    {
        var (channel, end) = await site.NewChannelAsync(Frames, cancellationToken).ConfigureAwait(false);
        var (epoch, sequence) = asked(end.Epoch, Frames / 2);
        var (socket, subscription) = await site.SubscribeAsync(channel, ProofSite.From(epoch, sequence), cancellationToken).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        var said = subscription.TryGetProperty("reason", out var given) ? given.GetString() : null;
        ProofSite.Require(said == reason && !subscription.GetProperty("recovered").GetBoolean(), $"The answer was {subscription.GetRawText()}");
        ProofSite.Require(subscription.GetProperty("epoch").GetString() == end.Epoch && subscription.GetProperty("sequence").GetInt64() == Frames, "It does not go on at the newest frame.");
        await site.PublishLinesAsync(channel, 3, 16, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(socket, channel, Frames, Frames + 3, cancellationToken).ConfigureAwait(false);
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"said {reason}, then 3 live frames";
    }

    private static async Task<string> ExpiredAsync(ProofSite site, CancellationToken cancellationToken)
    {
        if (!site.Permissions.MayFill)
        {
            throw new NotApplicableException("fills a channel with 40 MB; allow it with --fill");
        }

        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var end = await site.PublishLinesAsync(channel, FillFrames, FillBytes, cancellationToken).ConfigureAwait(false);
        var page = await site.Client.Channels.HistoryAsync(channel, null, 1, false, cancellationToken).ConfigureAwait(false);
        if (page.Oldest <= 2)
        {
            await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
            throw new NotApplicableException("jobs keep more than 40 MB here, so that nothing expired");
        }

        var (socket, subscription) = await site.SubscribeAsync(channel, ProofSite.From(end.Epoch, 1), cancellationToken).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        ProofSite.Require(subscription.TryGetProperty("reason", out var reason) && reason.GetString() == "expired", $"The answer was {subscription.GetRawText()}");
        var pushes = await UntilAsync(socket, channel, end.Offset, cancellationToken).ConfigureAwait(false);
        var ledger = DeliveryLedger.Of(pushes, channel, "Job");
        ProofSite.Require(ledger.Complaint(end.Offset) is null, ledger.Complaint(end.Offset) ?? "");
        var (whole, start) = await site.SubscribeAsync(channel, new JsonObject { ["last"] = FillFrames }, cancellationToken).ConfigureAwait(false);
        await using var closingWhole = whole.ConfigureAwait(false);
        ProofSite.Require(start.TryGetProperty("clamped", out var clamped) && clamped.GetBoolean(), $"last {FillFrames}, of which fewer are kept, was not said to be clamped (P11).");
        ProofSite.Require(ledger.Lost > 0 && pushes.Count(p => p.Target == "Gap") == 1, $"{pushes.Count(p => p.Target == "Gap")} gaps were told.");
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"one Gap of {ledger.Lost}, then {ledger.Received.Count} kept frames";
    }

    private static async Task<string> ResyncAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var (channel, end) = await site.NewChannelAsync(Frames, cancellationToken).ConfigureAwait(false);
        var (socket, _) = await site.SubscribeAsync(channel, ProofSite.From(end.Epoch, 0), cancellationToken).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        var before = (await UntilAsync(socket, channel, Frames, cancellationToken).ConfigureAwait(false)).Count;
        var request = ProofSite.From(end.Epoch, 10);
        request["channel"] = channel;
        var answer = await socket.CallAsync("Resync", request, ProofSite.Limit, cancellationToken).ConfigureAwait(false);
        ProofSite.Require(ProofSite.Subscription(answer).GetProperty("recovered").GetBoolean(), $"The answer was {answer.GetRawText()}");
        var again = await socket
            .WaitAsync(p => p.Skip(before).Any(f => f.Target == "Job" && f.Sequence == Frames), "the last frame again", ProofSite.Limit, cancellationToken)
            .ConfigureAwait(false);
        var ledger = DeliveryLedger.Of(again.Skip(before), channel, "Job");
        ProofSite.Require(ledger.Start == 10 && ledger.Received.Count == Frames - 10, $"{ledger.Received.Count} frames came again after {ledger.Start}.");
        ProofSite.Require(ledger.Complaint(Frames) is null, ledger.Complaint(Frames) ?? "");
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"{ledger.Received.Count} frames came again, in order";
    }

    /// <summary>Waits for a frame, then requires that all up to it came once, in order, with nothing lost.</summary>
    public static async Task<long> CompleteAsync(HubSocket socket, string channel, long from, long to, CancellationToken cancellationToken)
    {
        if (from == to)
        {
            return 0;
        }

        var ledger = DeliveryLedger.Of(await UntilAsync(socket, channel, to, cancellationToken).ConfigureAwait(false), channel, "Job");
        ProofSite.Require(ledger.Start == from, $"Subscribed says {ledger.Start}, not {from}.");
        ProofSite.Require(ledger.Complaint(to) is null, ledger.Complaint(to) ?? "");
        ProofSite.Require(ledger.Lost + ledger.Skipped == 0, $"{ledger.Lost} frames were lost and {ledger.Skipped} skipped.");
        return ledger.Received.Count;
    }

    /// <summary>Waits until a frame has come, or everything up to it was announced.</summary>
    public static Task<IReadOnlyList<WirePush>> UntilAsync(HubSocket socket, string channel, long sequence, CancellationToken cancellationToken) => socket.WaitAsync(
        pushes => pushes.Any(p => p.Text("channel") == channel && ((p.Target == "Job" && p.Sequence >= sequence) || (p.Target is "Gap" or "Skipped" && p.Number("to") >= sequence))),
        $"frame {sequence}",
        ProofSite.Limit,
        cancellationToken);
}
