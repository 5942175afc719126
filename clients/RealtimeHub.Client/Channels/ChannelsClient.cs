using System.Net.Http.Headers;
using System.Net.Http.Json;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Client.Channels;

/// <summary>Channels over HTTP: publishing, listing, history.</summary>
/// <remarks>Thread-safe. Calls throw <see cref="ProtocolErrorException"/> when the server refuses and <see cref="RealtimeConnectionException"/> when it cannot be reached.</remarks>
public sealed class ChannelsClient : IDisposable
{
    private const string Root = "/api/v1/channels";

    private readonly HttpApi _http;

    internal ChannelsClient(RealtimeClientOptions options) => _http = new HttpApi(options);

    /// <summary>Publishes one event.</summary>
    /// <param name="channel">The channel, of a publishable family.</param>
    /// <param name="published">The event.</param>
    /// <param name="idempotencyKey">A repeat with the same key within 5 minutes gets the first answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<PublishResult> PublishAsync(
        string channel, PublishEvent published, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        using var content = JsonContent.Create(published, HttpApi.TypeInfo<PublishEvent>());
        return await PublishAsync<PublishResult>(channel, content, idempotencyKey, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Publishes many events: all of them, or none.</summary>
    /// <param name="channel">The channel, of a publishable family.</param>
    /// <param name="ndjson">One JSON event per line, in UTF-8.</param>
    /// <param name="idempotencyKey">A repeat with the same key within 5 minutes gets the first answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<PublishBatchResult> PublishBatchAsync(
        string channel, ReadOnlyMemory<byte> ndjson, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        using var content = new ReadOnlyMemoryContent(ndjson);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return await PublishAsync<PublishBatchResult>(channel, content, idempotencyKey, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the channels that the caller may read.</summary>
    public Task<IReadOnlyList<ChannelSummary>> ListAsync(CancellationToken cancellationToken = default) =>
        _http.SendAsync<IReadOnlyList<ChannelSummary>>(HttpMethod.Get, Root, null, null, cancellationToken);

    /// <summary>Reads one page of a channel's kept frames.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="from">The first offset of the page. Default: the oldest kept, or the newest when descending.</param>
    /// <param name="limit">At most this many frames. Default: the server's.</param>
    /// <param name="descending">Newest first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<HistoryPage> HistoryAsync(
        string channel, long? from = null, int? limit = null, bool descending = false, CancellationToken cancellationToken = default)
    {
        var query = $"?order={(descending ? "desc" : "asc")}"
            + (from is { } offset ? $"&from={offset}" : "")
            + (limit is { } count ? $"&limit={count}" : "");
        return _http.SendAsync<HistoryPage>(HttpMethod.Get, $"{PathOf(channel)}/history{query}", null, null, cancellationToken);
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();

    private static string PathOf(string channel) => $"{Root}/{Uri.EscapeDataString(channel)}";

    private Task<T> PublishAsync<T>(string channel, HttpContent content, string? idempotencyKey, CancellationToken cancellationToken) =>
        _http.SendAsync<T>(HttpMethod.Post, $"{PathOf(channel)}/events", content, idempotencyKey, cancellationToken);
}
