using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Publishing;

/// <summary>Publishing by hub method and by client-to-server streaming. Thread-safe.</summary>
internal sealed class HubPublisher(ChannelPublisher publisher)
{
    public async Task<PublishResult> PublishAsync(Principal principal, PublishRequest request, CancellationToken cancellationToken)
    {
        var (channel, admission) = await publisher.AdmitAsync(principal, request.Channel, cancellationToken);
        if (admission is { } refusal)
        {
            return new PublishResult { Error = refusal };
        }

        if (request.Event is null)
        {
            return new PublishResult { Error = ErrorCodes.InvalidRequest.With("The event is missing.", new FieldError("event", "The event is missing.", null, "an object")) };
        }

        var outcome = await publisher.PublishAsync(principal, channel, [request.Event], request.IdempotencyKey, cancellationToken);
        return outcome.Error is { } error ? new PublishResult { Error = error } : PublishResults.Single(channel.Value, outcome.Result, 0);
    }

    public async Task<PublishBatchResult> PublishStreamAsync(
        Principal principal, PublishStreamRequest request, IAsyncEnumerable<PublishEvent> events, CancellationToken cancellationToken)
    {
        var (channel, admission) = await publisher.AdmitAsync(principal, request.Channel, cancellationToken);
        if (admission is { } refusal)
        {
            return new PublishBatchResult { Error = refusal };
        }

        var result = new PublishBatchResult { Channel = channel.Value };
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            var outcome = await publisher.PublishAsync(principal, channel, [item], null, cancellationToken);
            if (outcome.Error is { } error)
            {
                return result with { Error = error };
            }

            var offset = outcome.Result.Entries[0].Offset;
            result = result with
            {
                Epoch = outcome.Result.Epoch,
                Count = result.Count + 1,
                FirstSequence = result.FirstSequence ?? offset,
                LastSequence = Math.Max(result.LastSequence ?? 0, offset),
            };
        }

        return result;
    }
}
