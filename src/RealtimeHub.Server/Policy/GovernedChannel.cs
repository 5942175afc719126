using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Policy;

/// <summary>A running derived channel and the decision in force on it. Thread-safe.</summary>
internal sealed class GovernedChannel(ChannelName name, CareRequest request, GridWindow? delivered, IChannelStore store)
{
    private volatile CareGrant? _grant;
    private volatile CareDecision? _decision;

    public ChannelName Name { get; } = name;

    public CareRequest Request { get; } = request;

    /// <summary>The points that its frames show; null for those that the request covers.</summary>
    public GridWindow? Delivered { get; } = delivered;

    /// <summary>The decision in force. Take it once per frame and make the whole frame by it; null once nothing may be shown.</summary>
    public CareGrant? Grant
    {
        get => _grant;
        internal set => _grant = value;
    }

    /// <summary>The newest decision, in force or about to be. Used only with this channel locked, or compared.</summary>
    internal CareDecision? Decision
    {
        get => _decision;
        set => _decision = value;
    }

    /// <summary>Publishes what was made under a grant.</summary>
    /// <returns>How it ended; <see cref="AppendStatus.EpochChanged"/> if the decision is another one by now and nothing was published.</returns>
    public ValueTask<AppendStatus> PublishAsync(CareGrant grant, GovernedEnvelope envelope, CancellationToken cancellationToken = default) =>
        PublishAsync(grant, envelope, endsChannel: false, cancellationToken);

    /// <summary>The same with, where it is the last one, the end of the channel.</summary>
    public async ValueTask<AppendStatus> PublishAsync(
        CareGrant grant, GovernedEnvelope envelope, bool endsChannel, CancellationToken cancellationToken, string? onlyOnce = null)
    {
        // A grant that was taken back publishes nothing, even where the epoch is not new yet.
        if (_grant?.Epoch != grant.Epoch)
        {
            return AppendStatus.EpochChanged;
        }

        var request = AppendRequest.Governed(Name, envelope) with
        {
            IfEpoch = grant.Epoch,
            EndsChannel = endsChannel,
            IdempotencyKey = onlyOnce is null ? null : $"{grant.Epoch} {onlyOnce}",
        };
        var result = await store.AppendAsync(request, cancellationToken);
        return result.Status;
    }
}
