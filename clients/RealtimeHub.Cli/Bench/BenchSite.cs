using System.Globalization;
using System.Text.Json.Nodes;
using RealtimeHub.Cli.Prove;
using RealtimeHub.Client;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Bench;

/// <summary>The server under load: readers of it, a channel of one's own, and its metrics.</summary>
internal sealed class BenchSite(ProofSite site, BenchLoad load) : IAsyncDisposable
{
    private const string MemoryMetric = "dotnet_process_memory_working_set_bytes";
    private const int ConnectsAtOnce = 32;

    private readonly HttpClient _http = new();

    public Uri Url => site.Url;

    public IReadOnlyList<KeyValuePair<string, string>> Headers => site.Headers;

    public TimeProvider Time => site.Time;

    public RealtimeClient Client => site.Client;

    public BenchLoad Load => load;

    public Task<string> NewChannelAsync(CancellationToken cancellationToken) => site.NewChannelAsync(cancellationToken);

    public Task CloseAsync(string channel, CancellationToken cancellationToken) => site.CloseAsync(channel, cancellationToken);

    /// <summary>A line that says when it was published.</summary>
    public PublishEvent Line(int bytes)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{LoadReader.Mark}{Time.GetTimestamp()} ");
        return JobEvents.Line(Time.GetUtcNow(), "info", text.PadRight(bytes, 'x'), []);
    }

    public Task<Protocol.Channels.StreamPosition> PublishAsync(string channel, IEnumerable<PublishEvent> events, CancellationToken cancellationToken) =>
        site.PublishAsync(channel, events, cancellationToken);

    /// <summary>Opens readers of a channel, so many at once, and tells how long each took.</summary>
    public async Task<List<LoadReader>> OpenAsync(
        int count, string channel, LatencyHistogram latencies, LatencyHistogram connects, JsonObject? options, CancellationToken cancellationToken, int? receiveBytes = null)
    {
        var readers = new List<LoadReader>(count);
        try
        {
            foreach (var batch in Enumerable.Range(0, count).Chunk(ConnectsAtOnce))
            {
                var opened = batch.Select(_ => new LoadReader(Time, latencies)).ToList();
                readers.AddRange(opened);
                await Task.WhenAll(opened.Select(r => SubscribeAsync(r, channel, options, connects, cancellationToken, receiveBytes))).ConfigureAwait(false);
            }

            return readers;
        }
        catch
        {
            await CloseAsync(readers).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Connects one reader and subscribes it.</summary>
    public async Task SubscribeAsync(
        LoadReader reader, string channel, JsonObject? options, LatencyHistogram connects, CancellationToken cancellationToken, int? receiveBytes = null)
    {
        var started = Time.GetTimestamp();
        await reader.ConnectAsync(this, HubPaths.Jobs, cancellationToken, receiveBytes).ConfigureAwait(false);
        var request = options is null ? [] : (JsonObject)options.DeepClone();
        request["job_id"] = channel[4..];
        ProofSite.Subscription(await reader.Socket.CallAsync("SubscribeJob", request, load.Limit, cancellationToken).ConfigureAwait(false));
        connects.Record(Time.GetElapsedTime(started));
    }

    /// <summary>Closes readers.</summary>
    public static async Task CloseAsync(IEnumerable<LoadReader> readers)
    {
        foreach (var reader in readers)
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The working set of the server, from its metrics; null where they are not to be had.</summary>
    public async Task<double?> MemoryAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Url, "/metrics"));
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var text = response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false) : "";
        var line = text.Split('\n').FirstOrDefault(l => l.StartsWith(MemoryMetric, StringComparison.Ordinal) && !l.StartsWith('#'));
        return line is not null && double.TryParse(line.Split(' ')[^1], CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
    }

    /// <summary>Waits until something is so, looking every few milliseconds; false when it was not in time.</summary>
    public async Task<bool> UntilAsync(Func<bool> isSo, TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        while (!isSo())
        {
            if (Time.GetElapsedTime(started) > limit)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), Time, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
