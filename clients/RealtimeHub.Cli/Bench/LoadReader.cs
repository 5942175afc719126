using System.Globalization;
using System.Text.Json;
using RealtimeHub.Cli.Wire;

namespace RealtimeHub.Cli.Bench;

/// <summary>One reader of a bench: counts what comes, measures how long it took, and keeps the books of one channel.</summary>
/// <remarks>What comes is taken by the one loop of its connection; the counts may be read meanwhile.</remarks>
internal sealed class LoadReader(TimeProvider time, LatencyHistogram latencies) : IAsyncDisposable
{
    /// <summary>What begins the text of a line that carries its time of publishing.</summary>
    public const string Mark = "t=";

    private HubSocket? _socket;
    private long _received;
    private long _lost;
    private long _last;
    private long _lastAt;
    private long _silence;
    private int _isMeasuring;

    public HubSocket Socket => _socket!;

    public long Received => Interlocked.Read(ref _received);

    /// <summary>Frames that were announced as lost, or that did not come without a word.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public long Last => Interlocked.Read(ref _last);

    /// <summary>The longest time without a frame while it was measured.</summary>
    public TimeSpan LongestSilence => time.GetElapsedTime(0, Interlocked.Read(ref _silence));

    public bool HasEnded => Socket.Ended.IsCompleted;

    public async Task ConnectAsync(BenchSite site, string hub, CancellationToken cancellationToken, int? receiveBytes = null) =>
        _socket = await HubSocket.ConnectAsync(site.Url, hub, site.Headers, time, receiveBytes, cancellationToken, Take).ConfigureAwait(false);

    /// <summary>Closes the connection without a word and forgets it; the books stay.</summary>
    public async ValueTask CutAsync()
    {
        Socket.Abort();
        await Socket.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Begins to measure: what came until now does not count.</summary>
    public void Begin()
    {
        Interlocked.Exchange(ref _received, 0);
        Interlocked.Exchange(ref _lost, 0);
        Interlocked.Exchange(ref _silence, 0);
        Interlocked.Exchange(ref _lastAt, time.GetTimestamp());
        Volatile.Write(ref _isMeasuring, 1);
    }

    public void End()
    {
        Volatile.Write(ref _isMeasuring, 0);
        Quiet(time.GetTimestamp());
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket is not null)
        {
            await _socket.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Take(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        if (root.TryGetProperty("item", out var item))
        {
            Take(item.GetProperty("kind").GetString()!, item, "frame", "gap");
        }
        else
        {
            Take(root.GetProperty("target").GetString()!, root.GetProperty("arguments")[0], null, null);
        }
    }

    private void Take(string kind, JsonElement content, string? frameMember, string? gapMember)
    {
        if (kind is "Job" or "frame")
        {
            Receive(frameMember is null ? content : content.GetProperty(frameMember));
        }
        else if (kind is "Gap" or "gap")
        {
            Interlocked.Add(ref _lost, (gapMember is null ? content : content.GetProperty(gapMember)).GetProperty("count").GetInt64());
        }
    }

    private void Receive(JsonElement frame)
    {
        var now = time.GetTimestamp();
        Interlocked.Exchange(ref _last, frame.GetProperty("sequence").GetInt64());
        Interlocked.Increment(ref _received);
        if (Volatile.Read(ref _isMeasuring) == 1)
        {
            Quiet(now);
            if (LatencyOf(frame, now) is { } latency)
            {
                latencies.Record(latency);
            }
        }
    }

    private void Quiet(long now)
    {
        var before = Interlocked.Exchange(ref _lastAt, now);
        if (now - before > Interlocked.Read(ref _silence))
        {
            Interlocked.Exchange(ref _silence, now - before);
        }
    }

    // Lines of the bench itself carry the clock of this process; other frames the server's time of day, which is the same clock on one machine.
    private TimeSpan? LatencyOf(JsonElement frame, long now)
    {
        if (frame.TryGetProperty("payload", out var payload) && payload.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String)
        {
            var text = message.GetString().AsSpan();
            var end = text.IndexOf(' ');
            return text.StartsWith(Mark) && end > 0 && long.TryParse(text[Mark.Length..end], NumberStyles.None, CultureInfo.InvariantCulture, out var published)
                ? time.GetElapsedTime(published, now)
                : null;
        }

        return frame.TryGetProperty("timestamp", out var at) && at.TryGetDateTimeOffset(out var happened) ? time.GetUtcNow() - happened : null;
    }
}
