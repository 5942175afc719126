using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Cli.Wire;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Prove;

/// <summary>Acknowledgement: what asks for it comes again until it is given.</summary>
internal static class AckProofs
{
    private const string Group = "ack";
    private const int Critical = 90;
    private const string EventsPath = $"{HubPaths.Events}?receive_all=false";

    private static readonly TimeSpan RedeliveryLimit = TimeSpan.FromSeconds(45);

    public static IReadOnlyList<Proof> All { get; } =
    [
        new(Group, "P42", "A critical event that nobody acknowledges comes again, the same bytes", RedeliverAsync),
        new(Group, "P40", "An acknowledged event does not come again, on a new connection either; its neighbour does", AcknowledgeAsync),
        new(Group, "P35", "A risk score of 80 asks for acknowledgement, 79 does not", BandsAsync),
    ];

    private static async Task<string> RedeliverAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var name = site.NewName();
        var socket = await SubscribeAsync(site, name, cancellationToken).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        var sequence = await PublishAsync(site, name, Critical, cancellationToken).ConfigureAwait(false);
        var copies = (await socket
            .WaitAsync(p => p.Count(e => e.Target == "Event" && e.Sequence == sequence) >= 3, "the event three times", RedeliveryLimit, cancellationToken)
            .ConfigureAwait(false)).Where(p => p.Target == "Event" && p.Sequence == sequence).ToList();
        await AckAsync(socket, cancellationToken, sequence).ConfigureAwait(false);
        ProofSite.Require(copies.Select(c => c.Digest).Distinct().Count() == 1, "It came again as something else.");
        var waits = copies.Zip(copies.Skip(1), (a, b) => site.Time.GetElapsedTime(a.At, b.At).TotalSeconds).ToList();
        ProofSite.Require(waits[1] > waits[0], $"The second wait ({waits[1]:0.0} s) was not longer than the first ({waits[0]:0.0} s).");
        return FormattableString.Invariant($"again after {waits[0]:0.0} and {waits[1]:0.0} s");
    }

    private static async Task<string> AcknowledgeAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var name = site.NewName();
        long kept, left;
        var first = await SubscribeAsync(site, name, cancellationToken).ConfigureAwait(false);
        await using (first.ConfigureAwait(false))
        {
            left = await PublishAsync(site, name, Critical, cancellationToken).ConfigureAwait(false);
            kept = await PublishAsync(site, name, Critical, cancellationToken).ConfigureAwait(false);
            await first.WaitAsync(p => p.Any(e => e.Target == "Event" && e.Sequence == kept), "both events", ProofSite.Limit, cancellationToken).ConfigureAwait(false);
            var answer = await AckAsync(first, cancellationToken, kept).ConfigureAwait(false);
            ProofSite.Require(answer.GetProperty("acknowledged").EnumerateArray().Any(s => s.GetInt64() == kept), $"The answer was {answer.GetRawText()}");
            ProofSite.Require(answer.GetProperty("unacknowledged").GetInt32() == 1, $"{answer.GetProperty("unacknowledged")} events wait, not 1.");
        }

        var second = await SubscribeAsync(site, name, cancellationToken).ConfigureAwait(false);
        await using var closing = second.ConfigureAwait(false);
        var pushes = await second
            .WaitAsync(p => p.Count(e => e.Target == "Event" && e.Sequence == left) >= 2, "the event that was not acknowledged, twice", RedeliveryLimit, cancellationToken)
            .ConfigureAwait(false);
        await AckAsync(second, cancellationToken, left).ConfigureAwait(false);
        ProofSite.Require(!pushes.Any(p => p.Target == "Event" && p.Sequence == kept), "The acknowledged event came again.");
        return $"{left} came again on a new connection, {kept} did not";
    }

    private static async Task<string> BandsAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var name = site.NewName();
        var socket = await SubscribeAsync(site, name, cancellationToken).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        var below = await PublishAsync(site, name, 79, cancellationToken).ConfigureAwait(false);
        var at = await PublishAsync(site, name, 80, cancellationToken).ConfigureAwait(false);
        var pushes = await socket.WaitAsync(p => p.Any(e => e.Target == "Event" && e.Sequence == at), "both events", ProofSite.Limit, cancellationToken).ConfigureAwait(false);
        await AckAsync(socket, cancellationToken, at).ConfigureAwait(false);
        ProofSite.Require(!Asks(below) && Asks(at), $"79 asks: {Asks(below)}; 80 asks: {Asks(at)}.");
        return "79 does not, 80 does";

        bool Asks(long sequence) => pushes.First(p => p.Target == "Event" && p.Sequence == sequence).Flag("requires_ack");
    }

    private static async Task<HubSocket> SubscribeAsync(ProofSite site, string name, CancellationToken cancellationToken)
    {
        if (!site.Permissions.MayPublishEvents)
        {
            throw new NotApplicableException("publishes critical security events; allow it with --events");
        }

        var socket = await site.ConnectAsync(EventsPath, cancellationToken).ConfigureAwait(false);
        var request = new JsonObject
        {
            ["events"] = new JsonArray("event"),
            ["consumer"] = name,
            ["filter"] = new JsonObject { ["tag"] = "camera_id", ["op"] = "eq", ["value"] = name },
        };
        ProofSite.Subscription(await socket.CallAsync("Subscribe", request, ProofSite.Limit, cancellationToken).ConfigureAwait(false));
        return socket;
    }

    private static async Task<long> PublishAsync(ProofSite site, string camera, int risk, CancellationToken cancellationToken)
    {
        var payload = new JsonObject
        {
            ["id"] = risk,
            ["event_id"] = risk,
            ["batch_id"] = camera,
            ["camera_id"] = camera,
            ["risk_score"] = risk,
            ["risk_level"] = risk >= 85 ? "critical" : "high",
            ["summary"] = "A test of the delivery; please ignore.",
            ["reasoning"] = "rthub prove",
        };
        var published = new PublishEvent
        {
            Type = "event",
            EventId = $"{camera}-{Guid.CreateVersion7(site.Time.GetUtcNow()):N}",
            Payload = JsonPayload.FromValidUtf8(JsonSerializer.SerializeToUtf8Bytes(payload, RealtimeJson.Options)),
        };
        return (await site.Client.Channels.PublishAsync("events", published, null, cancellationToken).ConfigureAwait(false)).Sequence!.Value;
    }

    private static Task<JsonElement> AckAsync(HubSocket socket, CancellationToken cancellationToken, params long[] sequences) =>
        socket.CallAsync("Ack", new AckRequest { Channel = "events", Sequences = sequences }, ProofSite.Limit, cancellationToken);
}
