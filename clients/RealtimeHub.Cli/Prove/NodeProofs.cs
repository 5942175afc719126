using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using RealtimeHub.Cli.Wire;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Cli.Prove;

/// <summary>What happens when a node is killed, or told to stop. They come last, because nothing is left to prove on it afterwards.</summary>
internal static class NodeProofs
{
    private const int Frames = 60;

    private static readonly string NotFound = ErrorCodes.JobNotFound.Code;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(60);

    public static IReadOnlyList<Proof> All { get; } =
    [
        new("nodes", "P12", "A frame that one node takes comes from the other, at the same position", SharedAsync),
        new("nodes", "P13", "When a node is killed, its reader goes on at the other: nothing is missed, or the loss is said", KillAsync),
        new("drain", "P210", "A server that is told to stop delivers what waits, says goodbye, and goes", DrainAsync),
    ];

    private static async Task<string> SharedAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var node = site.Permissions.Node ?? throw new NotApplicableException("needs a second node; name one with --node");
        var (channel, end) = await site.NewChannelAsync(Frames, cancellationToken).ConfigureAwait(false);
        if (await JoinAsync(site, channel, new StreamPosition(end.Epoch, 0), node, cancellationToken).ConfigureAwait(false) is not { } joined
            || joined.Subscription.GetProperty("epoch").GetString() != end.Epoch)
        {
            throw new NotApplicableException("the two nodes do not share their channels");
        }

        var socket = joined.Socket;
        await using var closing = socket.ConfigureAwait(false);

        await RecoveryProofs.CompleteAsync(socket, channel, 0, Frames, cancellationToken).ConfigureAwait(false);
        end = await site.PublishLinesAsync(channel, Frames, 16, cancellationToken).ConfigureAwait(false);
        await RecoveryProofs.CompleteAsync(socket, channel, 0, end.Offset, cancellationToken).ConfigureAwait(false);
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return $"{end.Offset} frames across, history and live";
    }

    private static async Task<string> KillAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var node = site.Permissions.Node ?? throw new NotApplicableException("needs a second node; name one with --node");
        var process = Find(site.Permissions.Kill, site.Url, "--kill");
        var (channel, end) = await site.NewChannelAsync(Frames, cancellationToken).ConfigureAwait(false);
        var (before, _) = await site.SubscribeAsync(channel, ProofSite.From(end.Epoch, 0), cancellationToken).ConfigureAwait(false);
        await using var closingBefore = before.ConfigureAwait(false);
        await RecoveryProofs.UntilAsync(before, channel, Frames / 2, cancellationToken).ConfigureAwait(false);
        var started = site.Time.GetTimestamp();
        process.Kill();
        await before.WaitAsync(p => p.Any(c => c.Target == WirePush.Closed), $"the connection to break with the process; is {process.Id} the one behind {site.Url.Authority}?", ProofSite.Limit, cancellationToken).ConfigureAwait(false);
        var last = before.Pushes.Where(p => p.Target == "Job").Max(p => p.Sequence);
        var joined = await JoinAsync(site, channel, end with { Offset = last }, node, cancellationToken).ConfigureAwait(false);
        var took = site.Time.GetElapsedTime(started).TotalMilliseconds;
        if (joined is not { Socket: { } after, Subscription: var subscription })
        {
            return $"the nodes do not share their channels; the other says {NotFound}, {took:0} ms after the kill";
        }

        await using var closing = after.ConfigureAwait(false);
        if (!subscription.GetProperty("recovered").GetBoolean())
        {
            ProofSite.Require(
                subscription.TryGetProperty("reason", out var reason) && reason.GetString() == "epoch_changed" && subscription.GetProperty("epoch").GetString() != end.Epoch,
                $"The other node answered {subscription.GetRawText()}");
            return $"the nodes do not share their channels; the other says epoch_changed, {took:0} ms after the kill";
        }

        await RecoveryProofs.CompleteAsync(after, channel, last, Frames, cancellationToken).ConfigureAwait(false);
        return $"resumed at {last} of {Frames} on the other node, recovered with everything, {took:0} ms after the kill";
    }

    // Null where the other node knows nothing of the channel, and says so.
    private static async Task<(HubSocket Socket, JsonElement Subscription)?> JoinAsync(
        ProofSite site, string channel, StreamPosition from, Uri node, CancellationToken cancellationToken)
    {
        try
        {
            return await site.SubscribeAsync(channel, ProofSite.From(from.Epoch, from.Offset), cancellationToken, server: node).ConfigureAwait(false);
        }
        catch (DisprovedException e) when (e.Code == NotFound)
        {
            return null;
        }
    }

    private static async Task<string> DrainAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var last = site.Last;
        var process = Find(site.Permissions.Drain, last.Url, "--drain");
        if (OperatingSystem.IsWindows())
        {
            throw new NotApplicableException("needs a signal that Windows does not have");
        }

        var channel = await last.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var (socket, _) = await last.SubscribeAsync(channel, null, cancellationToken).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        var end = await last.PublishLinesAsync(channel, Frames, 16, cancellationToken).ConfigureAwait(false);
        var started = site.Time.GetTimestamp();
        await TerminateAsync(process, cancellationToken).ConfigureAwait(false);
        var readiness = ReadyAsync(last.Url, process, cancellationToken);
        var pushes = await socket.WaitAsync(p => p.Any(c => c.Target == WirePush.Closed), $"the goodbye; is {process.Id} the process behind {last.Url.Authority}?", DrainLimit, cancellationToken).ConfigureAwait(false);
        var goodbye = pushes.LastOrDefault(p => p.Target == "Control");
        ProofSite.Require(goodbye?.Text("code") == "SERVER_SHUTDOWN" && goodbye.Flag("reconnect"), $"The goodbye was {goodbye?.Argument.GetRawText() ?? "missing"}");
        var comeBack = goodbye?.Number("retry_after_ms");
        var ledger = DeliveryLedger.Of(pushes, channel, "Job");
        ProofSite.Require(ledger.Complaint(end.Offset) is null && ledger.Received.Contains(end.Offset), ledger.Complaint(end.Offset) ?? "The last frame did not come.");
        await process.WaitForExitAsync(cancellationToken).WaitAsync(DrainLimit, site.Time, cancellationToken).ConfigureAwait(false);
        return $"{ledger.Received.Count} frames, then SERVER_SHUTDOWN (come back in {comeBack} ms); {await readiness.ConfigureAwait(false)}gone after {site.Time.GetElapsedTime(started).TotalSeconds:0.0} s";
    }

    // A server that goes at once may not be there any more to say that it is not ready; only what it says counts.
    private static async Task<string> ReadyAsync(Uri server, Process process, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        while (!process.HasExited)
        {
            try
            {
                using var response = await http.GetAsync(new Uri(server, "/health/ready"), cancellationToken).ConfigureAwait(false);
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    return "not ready meanwhile, ";
                }
            }
            catch (HttpRequestException)
            {
                return "";
            }
        }

        return "";
    }

    private static Process Find(int? id, Uri server, string option)
    {
        if (id is not { } number)
        {
            throw new NotApplicableException($"needs leave to stop the process behind {server.Authority}; give it with {option} PID");
        }

        if (!server.IsLoopback)
        {
            throw new NotApplicableException($"{server.Authority} is not this machine, so its process cannot be reached");
        }

        try
        {
            return Process.GetProcessById(number);
        }
        catch (ArgumentException)
        {
            throw new NotApplicableException($"there is no process {number}");
        }
    }

    private static async Task TerminateAsync(Process process, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        ProofSite.Require(kill.ExitCode == 0, $"The process {process.Id} could not be told to stop.");
    }
}
