using RealtimeHub.Cli.Wire;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Cli.Prove;

/// <summary>Order, and that nothing comes twice or never, while publishers race and connections break.</summary>
internal static class OrderingProofs
{
    private const string Group = "ordering";
    private const int Publishers = 4;
    private const int Batches = 10;
    private const int BatchSize = 10;
    private const int Cuts = 4;

    public static IReadOnlyList<Proof> All { get; } =
    [
        new(Group, "P2", "Numbers rise by exactly 1 while four publishers race, and each publisher's order is kept", RaceAsync),
        new(Group, "P23", "A reader whose connection breaks four times while frames come gets each of them once", CutAsync),
        new(Group, "P52", "An event that is published again keeps its first place", AgainAsync),
    ];

    private static async Task<string> RaceAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var (socket, _) = await site.SubscribeAsync(channel, null, cancellationToken).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(p => PublishAsync(site, channel, p, cancellationToken))).ConfigureAwait(false);
        const int Last = 1 + (Publishers * Batches * BatchSize);
        var pushes = await RecoveryProofs.UntilAsync(socket, channel, Last, cancellationToken).ConfigureAwait(false);
        var ledger = DeliveryLedger.Of(pushes, channel, "Job");
        ProofSite.Require(ledger.Complaint(Last) is null, ledger.Complaint(Last) ?? "");
        ProofSite.Require(ledger.Lost + ledger.Skipped == 0, $"{ledger.Lost} frames were lost and {ledger.Skipped} skipped.");
        foreach (var lines in pushes.Where(p => p.Target == "Job").Select(Message).Where(m => m.StartsWith('p')).GroupBy(m => m.Split(':')[0]))
        {
            var numbers = lines.Select(m => int.Parse(m.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
            ProofSite.Require(numbers.SequenceEqual(numbers.Order()), $"The lines of publisher {lines.Key} changed places.");
        }

        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"{Last - 1} frames of {Publishers} publishers";
    }

    private static async Task PublishAsync(ProofSite site, string channel, int publisher, CancellationToken cancellationToken)
    {
        for (var batch = 0; batch < Batches; batch++)
        {
            await site.PublishAsync(
                channel,
                Enumerable.Range(batch * BatchSize, BatchSize).Select(i => site.Line(i, 0, $"p{publisher}:")),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Message(WirePush push) =>
        push.Argument.TryGetProperty("payload", out var payload) && payload.TryGetProperty("message", out var message) ? message.GetString()! : "";

    private static async Task<string> CutAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        const int Last = 1 + (Publishers * Batches * BatchSize);
        var publishing = Task.WhenAll(Enumerable.Range(0, Publishers).Select(p => PublishAsync(site, channel, p, cancellationToken)));
        var epoch = (await site.Client.Channels.HistoryAsync(channel, null, 1, true, cancellationToken).ConfigureAwait(false)).Position.Epoch;
        var (position, seen) = (new StreamPosition(epoch, 0), new List<WirePush>());
        for (var cut = 0; position.Offset < Last; cut++)
        {
            var (socket, subscription) = await site.SubscribeAsync(channel, ProofSite.From(position.Epoch, position.Offset), cancellationToken).ConfigureAwait(false);
            await using var closing = socket.ConfigureAwait(false);
            ProofSite.Require(subscription.GetProperty("recovered").GetBoolean(), $"After {position} it was not recovered: {subscription.GetRawText()}");
            var wanted = cut < Cuts ? Math.Min(Last, position.Offset + (Last / (Cuts + 1))) : Last;
            await RecoveryProofs.UntilAsync(socket, channel, wanted, cancellationToken).ConfigureAwait(false);
            socket.Abort();
            seen.AddRange(socket.Pushes.Where(p => p.Target != "Subscribed" || cut == 0));
            position = position with { Offset = seen.Where(p => p.Target == "Job").Max(p => p.Sequence) };
        }

        await publishing.ConfigureAwait(false);
        var ledger = DeliveryLedger.Of(seen, channel, "Job");
        ProofSite.Require(ledger.Complaint(Last) is null, ledger.Complaint(Last) ?? "");
        ProofSite.Require(ledger.Received.Count == Last, $"{ledger.Received.Count} of {Last} frames came.");
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"{Last} frames over {Cuts} broken connections";
    }

    private static async Task<string> AgainAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var line = site.Line(1, 16);
        var first = await site.Client.Channels.PublishAsync(channel, line, null, cancellationToken).ConfigureAwait(false);
        var again = await site.Client.Channels.PublishAsync(channel, line, null, cancellationToken).ConfigureAwait(false);
        ProofSite.Require(!first.Duplicate && again.Duplicate, "The repeat was not recognised.");
        ProofSite.Require(first.Sequence == again.Sequence && first.Epoch == again.Epoch, $"The repeat was put at {again.Sequence}, the first at {first.Sequence}.");
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"both at {first.Sequence}";
    }
}
