using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Server.Audit;
using RealtimeHub.Server.Connections;
using RealtimeHub.Server.Diagnostics;
using RealtimeHub.Server.Limits;

namespace RealtimeHub.Server.Hubs.Filters;

/// <summary>Counts what a stream yields, lets a connection have only so many, and writes the record at its end. Thread-safe.</summary>
internal sealed class StreamRecorder(
    ServerMetrics metrics, AuditLog audit, IOptions<LimitOptions> limits, TimeProvider clock, ILogger<StreamRecorder> logger)
{
    private const long RetryAfterMs = 1_000;

    public async IAsyncEnumerable<StreamItem> Record(
        LiveConnection connection, string method, IAsyncEnumerable<StreamItem> items, Action<ProtocolError> denied, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var max = limits.Value.StreamsPerConnection;
        if (!connection.TryOpenStream(max))
        {
            var error = TooMany(max);
            denied(error);
            yield return new StreamItem { Kind = StreamItemKinds.Error, Error = error };
            yield break;
        }

        var tally = new Tally { Begun = clock.GetUtcNow() };
        try
        {
            await using var reading = items.GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(reading, connection, method) is { Item: { } item } next)
            {
                tally.Take(item);
                yield return item;
                if (next.HasFailed)
                {
                    break;
                }
            }
        }
        finally
        {
            connection.CloseStream();
            End(connection, method, tally, denied);
        }
    }

    // A failure of ours is the stream's last item, with the cause in the log only.
    private async ValueTask<(StreamItem? Item, bool HasFailed)> NextAsync(IAsyncEnumerator<StreamItem> items, LiveConnection connection, string method)
    {
        try
        {
            return (await items.MoveNextAsync() ? items.Current : null, false);
        }
#pragma warning disable CA1031 // Whatever it was, the client has to be told.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            HubLog.CallFailed(logger, exception, method, connection.ConnectionId);
            audit.Write(AuditEvent.Of("error", connection) with { Method = method, Code = ErrorCodes.InternalError.Code });
            return (new StreamItem { Kind = StreamItemKinds.Error, Error = ErrorCodes.InternalError.With("The server failed; try again later.") }, true);
        }
    }

    private static ProtocolError TooMany(int max) => ErrorCodes.MaxStreamsReached.With($"The connection has {max} streams open, which is its limit.") with
    {
        RetryAfterMs = RetryAfterMs,
        Details = new ErrorDetails { Limit = $"{max} streams per connection" },
    };

    private void End(LiveConnection connection, string method, Tally tally, Action<ProtocolError> denied)
    {
        var duration = clock.GetUtcNow() - tally.Begun;
        metrics.StreamEnded(connection.Hub, tally.Reason, duration);
        if (tally.Error is { } error)
        {
            denied(error);
        }

        audit.Write(AuditEvent.Of("stream", connection) with
        {
            Method = method,
            Channel = tally.Channel,
            DurationMs = (long)duration.TotalMilliseconds,
            Sent = tally.Frames,
            Dropped = tally.Lost,
            DropRatePercent = AuditEvent.DropRate(tally.Frames, tally.Lost),
            Reason = tally.Reason,
        });
    }

    private sealed class Tally
    {
        public DateTimeOffset Begun { get; init; }

        public long Frames { get; private set; }

        public long Lost { get; private set; }

        public string? Channel { get; private set; }

        public ProtocolError? Error { get; private set; }

        public string Reason { get; private set; } = "left";

        public void Take(StreamItem item)
        {
            Channel ??= item.Subscribed?.Channel;
            Frames += item.Frame is null ? 0 : 1;
            Lost += item.Gap?.Count ?? 0;
            Error ??= item.Error;
            Reason = item.Error?.Code ?? (item.End is null ? Reason : "completed");
        }
    }
}
