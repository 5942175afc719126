using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Client.Subscriptions;

public sealed partial class Subscription
{
    private const int MaxAcknowledgedRanges = 65_536;

    /// <summary>Acknowledges a frame for the subscription's consumer; says nothing about other frames.</summary>
    /// <returns>The server's answer; null when the connection broke. Then the server sends the frame again, and the client acknowledges it again by itself.</returns>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task<AckResult?> AckAsync(FrameEnvelope frame, CancellationToken cancellationToken = default)
    {
        if (Remember(frame) is not { } session)
        {
            return null;
        }

        try
        {
            var request = new AckRequest { Channel = frame.Channel, Epoch = frame.Epoch, Sequences = [frame.Sequence] };
            var result = await session
                .InvokeAsync<AckResult>(nameof(IRealtimeHub.Ack), [request], cancellationToken)
                .ConfigureAwait(false);
            ProtocolErrorException.ThrowIf(result.Error);
            return result;
        }
        catch (RealtimeConnectionException)
        {
            return null;
        }
    }

    // Returns the session that the subscription is in: it may be in a new one before the link says that it is connected.
    private HubSession? Remember(FrameEnvelope frame)
    {
        lock (_gate)
        {
            if (_acknowledgedEpoch != frame.Epoch)
            {
                _acknowledgedEpoch = frame.Epoch;
                _acknowledged.Clear();
            }

            _acknowledged.Add(frame.Sequence);
            if (_acknowledged.Count > MaxAcknowledgedRanges)
            {
                _acknowledged.Remove(long.MinValue, _acknowledged[MaxAcknowledgedRanges / 2].To);
            }

            return _joined;
        }
    }

    private bool IsAcknowledged(FrameEnvelope frame)
    {
        lock (_gate)
        {
            return _acknowledgedEpoch == frame.Epoch && _acknowledged.Contains(frame.Sequence);
        }
    }

    private async ValueTask AcknowledgeAgainAsync(FrameEnvelope frame)
    {
        try
        {
            await AckAsync(frame, _ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            _link.Report(e);
        }
    }
}
