using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

/// <summary>The store of a single node: the log itself.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class InMemoryChannelStore(ChannelDirectory directory, TimeProvider clock) : IChannelStore
{
    public ValueTask<Channel?> OpenAsync(ChannelName channel, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(directory.TryGetOrAdd(channel, out var found) ? found : null);

    public ValueTask<Channel?> FindAsync(ChannelName channel, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(directory.TryGet(channel, out var found) ? found : null);

    public ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Append(request));
    }

    public ValueTask<string?> RenewAsync(ChannelName channel, string reason, string? version = null, CancellationToken cancellationToken = default)
    {
        if (!directory.TryGet(channel, out var found))
        {
            return ValueTask.FromResult<string?>(null);
        }

        lock (found.Idempotency)
        {
            if (version is not null && (found.Version == version || (found.Version is null && found.Log.OldestKept > found.Log.Newest)))
            {
                found.Version = version;
                return ValueTask.FromResult<string?>(found.Log.Epoch);
            }

            found.Version = version;
            found.Renew(reason);
            return ValueTask.FromResult(found.Log.EndOffset == long.MaxValue ? found.Log.Epoch : null);
        }
    }

    private AppendResult Append(AppendRequest request)
    {
        if (!directory.TryGetOrAdd(request.Channel, out var channel))
        {
            return new AppendResult(AppendStatus.TooManyChannels, "", []);
        }

        // The window is also what makes looking a key up and appending one step.
        lock (channel.Idempotency)
        {
            var now = clock.GetUtcNow();
            if (request.IdempotencyKey is { } key && channel.Idempotency.TryGet(key, now, out var fingerprint, out var first))
            {
                return fingerprint == request.Fingerprint
                    ? first with { IsRepeat = true }
                    : new AppendResult(AppendStatus.KeyConflict, channel.Log.Epoch, []);
            }

            if (request.IfEpoch is { } epoch && epoch != channel.Log.Epoch)
            {
                return new AppendResult(AppendStatus.EpochChanged, channel.Log.Epoch, []);
            }

            var isEnded = channel.Log.EndOffset != long.MaxValue;
            if (isEnded && !request.Envelopes.All(e => channel.Log.Holds(e.EventId)))
            {
                return new AppendResult(AppendStatus.Ended, channel.Log.Epoch, []);
            }

            var entries = new AppendEntry[request.Envelopes.Count];
            for (var i = 0; i < entries.Length; i++)
            {
                var frame = channel.Append(request.Envelopes[i], out var duplicate);
                entries[i] = new AppendEntry(frame.Offset, request.Envelopes[i].EventId, duplicate);
            }

            var result = new AppendResult(AppendStatus.Done, channel.Log.Epoch, entries);
            if (isEnded)
            {
                return result;
            }

            if (request.IdempotencyKey is { } newKey)
            {
                channel.Idempotency.Add(newKey, request.Fingerprint, result, now);
            }

            // A last event that is a duplicate of an earlier one was not appended, so it ends nothing.
            if (request.EndsChannel && !entries[^1].IsDuplicate)
            {
                channel.Complete();
            }
            else
            {
                channel.ScheduleFanOut();
            }

            return result;
        }
    }
}
