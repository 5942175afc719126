using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Channels;
using RealtimeHub.Server.Hubs.Climate.Requests;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>Leads a climate request to its channel: checked, decided on, taken up, and with a frame in it. Thread-safe.</summary>
internal sealed class ClimateSubscriptions(
    ClimatePlanner planner,
    ClimateChannelTable table,
    FrameMaker maker,
    ClimateFrameService frames,
    ChannelDirectory directory,
    ClimateMetrics metrics,
    IOptions<ClimateHubOptions> options)
{
    private const long MaxLagBytes = 16L << 20;

    /// <summary>How many tiles one connection may follow.</summary>
    public int MaxTiles => options.Value.MaxTilesPerConnection;

    /// <summary>Where the log of a channel stands.</summary>
    public StreamPosition? PositionOf(ClimateOpened opened) => directory.TryGet(opened.Channel.Name, out var channel) ? channel.Log.Position : null;

    /// <summary>Checks a request and has the policy decide on it.</summary>
    public ProtocolError? Plan(ClimateAsk ask, Principal principal, StreamPosition? from, out ClimatePlan? plan)
    {
        metrics.Asked();
        var error = planner.Plan(ask, principal, out plan);
        if (error?.Code == ErrorCodes.CarePolicyViolation.Code || error?.Code == ErrorCodes.CareThrottled.Code)
        {
            metrics.RefusedByPolicy();
        }

        if (plan?.Spec.Origin is not null && from is { Epoch: { } epoch })
        {
            plan = table.FindByEpoch(plan, epoch) ?? plan;
        }

        return error;
    }

    /// <summary>Takes the channel of a plan up, and has its newest frame made if it lacks that.</summary>
    public async Task<(ClimateOpened? Opened, ProtocolError? Error)> OpenAsync(ClimatePlan plan, CancellationToken cancellationToken)
    {
        ClimateChannel channel;
        IReadOnlyList<ChannelName> coarser;
        try
        {
            if (await table.OpenAsync(plan) is not { } opened)
            {
                return (null, ErrorCodes.ChannelLimit.With("The server makes as many climate channels as it may, or the policy shows nothing of this any more."));
            }

            (channel, coarser) = (opened, await table.OpenCoarserAsync(opened, plan));
        }
        catch (ChannelStoreUnavailableException exception)
        {
            return (null, ErrorCodes.Unavailable.With(exception.Message));
        }

        var outcome = await maker.MakeAsync(channel, cancellationToken);
        frames.Wake();
        return outcome.Error is { } error ? (null, error) : (new ClimateOpened(channel, coarser), null);
    }

    /// <summary>Completes what every subscription asks for with what climate channels are like.</summary>
    public SubscribePlan Complete(SubscribePlan plan, SubscribeRequest request, ClimateOpened opened) => plan with
    {
        Coarser = opened.Coarser,
        Limits = new LagLimits(request.MaxLagFrames ?? options.Value.MaxLagFrames, request.MaxLagBytes ?? MaxLagBytes),
        Start = opened.Channel.Spec.Origin is not null && plan.Start == StartPoint.Live ? StartPoint.Oldest : plan.Start,
    };
}
