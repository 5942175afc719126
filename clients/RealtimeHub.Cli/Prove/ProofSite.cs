using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Cli.Wire;
using RealtimeHub.Client;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Prove;

/// <summary>The deployment under proof: ways to publish to it and to watch it, and what may be done to it.</summary>
internal sealed class ProofSite(RealtimeClient client, Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, TimeProvider time, ProofPermissions permissions, ProofSite? last = null)
{
    /// <summary>How long anything may take before it is taken for lost.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const int MaxBatchEvents = 500;
    private const int MaxBatchBytes = 3 << 20;

    private int _channels;

    public RealtimeClient Client => client;

    public Uri Url => url;

    /// <summary>Who is asking.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => headers;

    public TimeProvider Time => time;

    public ProofPermissions Permissions => permissions;

    /// <summary>The node that is left when the first is gone.</summary>
    public ProofSite Last => last ?? this;

    /// <summary>A name that nobody else uses.</summary>
    public string NewName() => $"prove-{Environment.ProcessId:x}-{time.GetUtcNow().ToUnixTimeMilliseconds():x}-{Interlocked.Increment(ref _channels)}";

    /// <summary>A channel of one's own: a job that nobody else knows.</summary>
    public async Task<string> NewChannelAsync(CancellationToken cancellationToken)
    {
        var id = NewName();
        var channel = $"job:{id}";
        await PublishAsync(channel, [JobEvents.Started(id, "proof", time.GetUtcNow())], cancellationToken).ConfigureAwait(false);
        return channel;
    }

    /// <summary>A channel with so many frames in it.</summary>
    public async Task<(string Channel, StreamPosition End)> NewChannelAsync(int frames, CancellationToken cancellationToken)
    {
        var channel = await NewChannelAsync(cancellationToken).ConfigureAwait(false);
        var end = await PublishLinesAsync(channel, frames - 1, 16, cancellationToken).ConfigureAwait(false);
        return (channel, end);
    }

    /// <summary>Ends a channel, so that it does not look like work that goes on.</summary>
    public async Task CloseAsync(string channel, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(channel, [JobEvents.Completed(channel[4..], time.GetUtcNow(), 0)], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ProtocolErrorException or RealtimeConnectionException)
        {
            // Tidying up proves nothing.
        }
    }

    /// <summary>Publishes lines of so many bytes, in as few requests as go.</summary>
    /// <returns>The position of the last.</returns>
    public async Task<StreamPosition> PublishLinesAsync(string channel, int count, int bytes, CancellationToken cancellationToken)
    {
        var perBatch = Math.Clamp(MaxBatchBytes / (bytes + 512), 1, MaxBatchEvents);
        StreamPosition end = default;
        for (var done = 0; done < count; done += perBatch)
        {
            var first = done;
            end = await PublishAsync(
                channel,
                Enumerable.Range(first, Math.Min(perBatch, count - first)).Select(i => Line(i, bytes)),
                cancellationToken).ConfigureAwait(false);
        }

        return end;
    }

    /// <summary>One line; its text begins with its number.</summary>
    public PublishEvent Line(int number, int bytes, string? mark = null) =>
        JobEvents.Line(time.GetUtcNow(), "info", $"{mark}{number} ".PadRight(bytes, 'x'), new JsonObject { ["n"] = number });

    /// <summary>Publishes events at once.</summary>
    /// <exception cref="ProtocolErrorException">The deployment refuses.</exception>
    public async Task<StreamPosition> PublishAsync(string channel, IEnumerable<PublishEvent> events, CancellationToken cancellationToken)
    {
        var body = new StringBuilder();
        foreach (var published in events)
        {
            body.Append(JsonSerializer.Serialize(published, RealtimeJson.Options)).Append('\n');
        }

        var result = await client.Channels.PublishBatchAsync(channel, Encoding.UTF8.GetBytes(body.ToString()), null, cancellationToken).ConfigureAwait(false);
        return new StreamPosition(result.Epoch!, result.LastSequence!.Value);
    }

    /// <summary>Connects to a hub.</summary>
    public Task<HubSocket> ConnectAsync(string path, CancellationToken cancellationToken, int? receiveBytes = null, Uri? server = null) =>
        HubSocket.ConnectAsync(server ?? url, path, headers, time, receiveBytes, cancellationToken);

    /// <summary>Connects to the hub of jobs and subscribes to a channel.</summary>
    /// <returns>The connection, and the answer of the call.</returns>
    public async Task<(HubSocket Socket, JsonElement Subscription)> SubscribeAsync(
        string channel, JsonObject? options, CancellationToken cancellationToken, int? receiveBytes = null, Uri? server = null)
    {
        var socket = await ConnectAsync(HubPaths.Jobs, cancellationToken, receiveBytes, server).ConfigureAwait(false);
        try
        {
            var request = options ?? [];
            request["job_id"] = channel[4..];
            return (socket, Subscription(await socket.CallAsync("SubscribeJob", request, Limit, cancellationToken).ConfigureAwait(false)));
        }
        catch
        {
            await socket.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What a subscribe call was granted.</summary>
    /// <exception cref="DisprovedException">It was refused.</exception>
    public static JsonElement Subscription(JsonElement answer) => answer.TryGetProperty("subscription", out var subscription)
        ? subscription
        : throw new DisprovedException($"Subscribing was refused: {Error(answer)}.", Error(answer));

    /// <summary>The code of an answer's error; null when it has none.</summary>
    public static string? Error(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error) && error.TryGetProperty("code", out var code) ? code.GetString() : null;

    /// <summary>A position as a request has it.</summary>
    public static JsonObject From(string epoch, long sequence) => new() { ["from"] = new JsonObject { ["epoch"] = epoch, ["sequence"] = sequence } };

    /// <summary>Fails the proof unless this is so.</summary>
    public static void Require(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new DisprovedException(otherwise);
        }
    }
}
