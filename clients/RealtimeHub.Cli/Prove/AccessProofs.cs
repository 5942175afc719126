using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Cli.Wire;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Prove;

/// <summary>Refusals: nobody gets in without a credential or does what he may not, and mistakes are answered, not punished.</summary>
internal static class AccessProofs
{
    private const string Group = "auth";

    public static IReadOnlyList<Proof> All { get; } =
    [
        new(Group, "P80", "Every hub refuses a connection without a credential, before the upgrade", (s, t) => RefusedAsync(s, [], 401, "AUTH_REQUIRED", t)),
        new(Group, "P185", "A key that nobody has is refused, with a code of its own", (s, t) => RefusedAsync(s, [new("X-API-Key", "nobody-has-this-key")], 401, "INVALID_API_KEY", t)),
        new(Group, "P187", "A page of another origin is refused", OriginAsync),
        new(Group, "P53", "Nobody can publish what the server itself says", ReadOnlyAsync),
        new(Group, "P80", "A key without the scope is refused by code, and the connection lives", ScopeAsync),
        new(Group, "P7", "A bad request is answered with field and bound, and the connection lives", MistakeAsync),
    ];

    private static async Task<string> RefusedAsync(
        ProofSite site, KeyValuePair<string, string>[] headers, int status, string code, CancellationToken cancellationToken)
    {
        string[] hubs = [HubPaths.Events, HubPaths.System, HubPaths.Jobs, HubPaths.Climate, HubPaths.Simulation, HubPaths.Workspace];
        foreach (var hub in hubs)
        {
            try
            {
                var socket = await HubSocket.ConnectAsync(site.Url, hub, headers, site.Time, null, cancellationToken).ConfigureAwait(false);
                await socket.DisposeAsync().ConfigureAwait(false);
                throw new DisprovedException($"{hub} let it in.");
            }
            catch (WireException e)
            {
                ProofSite.Require(e.Status == status, $"{hub} answered with {e.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? e.Message}, not {status}.");
            }
        }

        var (answered, said) = await AskAsync(site, "/api/v1/channels", headers, cancellationToken).ConfigureAwait(false);
        ProofSite.Require(answered == status && said == code, $"Over HTTP the answer was {answered} {said}, not {status} {code}.");
        return $"{hubs.Length} hubs and HTTP: {status} {code}";
    }

    private static async Task<string> OriginAsync(ProofSite site, CancellationToken cancellationToken)
    {
        try
        {
            var socket = await HubSocket.ConnectAsync(site.Url, HubPaths.Jobs, [.. site.Headers, new("Origin", "https://evil.invalid")], site.Time, null, cancellationToken).ConfigureAwait(false);
            await socket.DisposeAsync().ConfigureAwait(false);
            throw new DisprovedException("A page of https://evil.invalid was let in.");
        }
        catch (WireException e) when (e.Status is 403)
        {
            return "403 for https://evil.invalid, with a good credential";
        }
    }

    private static async Task<string> ReadOnlyAsync(ProofSite site, CancellationToken cancellationToken)
    {
        foreach (var channel in new[] { "system", "jobs", "climate-fields:0000", "simulation:0000" })
        {
            try
            {
                await site.Client.Channels.PublishAsync(channel, site.Line(1, 16), null, cancellationToken).ConfigureAwait(false);
                throw new DisprovedException($"Publishing to {channel} was accepted.");
            }
            catch (ProtocolErrorException e)
            {
                ProofSite.Require(e.Error.Code == "CHANNEL_READ_ONLY", $"Publishing to {channel} was answered {e.Error.Code}.");
            }
        }

        return "system, jobs, climate and simulation: CHANNEL_READ_ONLY";
    }

    private static async Task<string> ScopeAsync(ProofSite site, CancellationToken cancellationToken)
    {
        if (site.Permissions.ViewerKey is not { } key)
        {
            throw new NotApplicableException("needs the key of somebody who lacks jobs:write; give one with --viewer-key");
        }

        HubSocket socket;
        try
        {
            socket = await HubSocket.ConnectAsync(site.Url, HubPaths.Jobs, [new("X-API-Key", key)], site.Time, null, cancellationToken).ConfigureAwait(false);
        }
        catch (WireException e) when (e.Status is 401 or 403)
        {
            throw new NotApplicableException($"the key of --viewer-key is refused with {e.Status} already");
        }

        await using var closing = socket.ConfigureAwait(false);
        var request = new PublishRequest { Channel = $"job:{site.NewName()}", Event = site.Line(1, 16) };
        var code = ProofSite.Error(await socket.CallAsync("Publish", request, ProofSite.Limit, cancellationToken).ConfigureAwait(false));
        ProofSite.Require(code == "FORBIDDEN", $"Publishing was answered {code ?? "with success"}; does the key lack jobs:write?");
        await PingAsync(socket, cancellationToken).ConfigureAwait(false);
        return "FORBIDDEN, and the next call was answered";
    }

    private static async Task<string> MistakeAsync(ProofSite site, CancellationToken cancellationToken)
    {
        var channel = await site.NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var socket = await site.ConnectAsync(HubPaths.Jobs, cancellationToken).ConfigureAwait(false);
        await using var closing = socket.ConfigureAwait(false);
        foreach (var (request, field) in new (JsonObject, string)[]
        {
            (new() { ["job_id"] = channel[4..], ["last"] = -1 }, "last"),
            (new() { ["job_id"] = channel[4..], ["policy"] = "forget" }, "policy"),
            (new() { ["job_id"] = channel[4..], ["max_lag_frames"] = "many" }, "max_lag_frames"),
        })
        {
            var answer = await socket.CallAsync("SubscribeJob", request, ProofSite.Limit, cancellationToken).ConfigureAwait(false);
            ProofSite.Require(ProofSite.Error(answer) == "INVALID_REQUEST" && answer.GetRawText().Contains($"\"{field}\"", StringComparison.Ordinal), $"A bad {field} was answered {answer.GetRawText()}");
        }

        await PingAsync(socket, cancellationToken).ConfigureAwait(false);
        await site.CloseAsync(channel, cancellationToken).ConfigureAwait(false);
        return "3 mistakes named, and the next call was answered";
    }

    private static Task<JsonElement> PingAsync(HubSocket socket, CancellationToken cancellationToken) =>
        socket.CallAsync("ListJobs", new JsonObject { ["limit"] = 1 }, ProofSite.Limit, cancellationToken);

    private static async Task<(int Status, string? Code)> AskAsync(
        ProofSite site, string path, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Url, path));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(body);
            return ((int)response.StatusCode, document.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null);
        }
        catch (JsonException)
        {
            return ((int)response.StatusCode, null);
        }
    }
}
