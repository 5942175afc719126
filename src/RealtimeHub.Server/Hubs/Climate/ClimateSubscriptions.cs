using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Cursors;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
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
    TilePrefetch prefetch,
    ChannelDirectory directory,
    ClimateMetrics metrics,
    IOptions<ClimateHubOptions> options,
    TimeProvider clock)
{
    private const long MaxLagBytes = 16L << 20;

    /// <summary>How many tiles one connection may follow.</summary>
    public int MaxTiles => options.Value.MaxTilesPerConnection;

    /// <summary>How many channels of a kind one connection may follow; null where only the limit of all subscriptions holds.</summary>
    public int? MaxOf(string kind) => kind switch
    {
        FrameKinds.Xai => options.Value.MaxXaiPerConnection,
        FrameKinds.Tile => options.Value.MaxTilesPerConnection,
        _ => null,
    };

    /// <summary>Where the log of a channel stands.</summary>
    public StreamPosition? PositionOf(ClimateOpened opened) => directory.TryGet(opened.Channel.Name, out var channel) ? channel.Log.Position : null;

    /// <summary>Checks a request and has the policy decide on it.</summary>
    public ProtocolError? Plan(ClimateAsk ask, Principal principal, StreamPosition? from, out ClimatePlan? plan)
    {
        metrics.Asked();
        var started = clock.GetTimestamp();
        var error = planner.Plan(ask, principal, out plan);
        if (error?.Code == ErrorCodes.MethodNotApplicable.Code)
        {
            metrics.RefusedCams(clock.GetElapsedTime(started));
        }

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
        if (table.Find(plan.Spec.ToChannelName()) is { IsComplete: true, IsForgotten: true } ended)
        {
            await table.DropAsync(ended);
        }

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
        return outcome.Error is { } error ? (null, error) : (new ClimateOpened(channel, coarser, plan.Interval), null);
    }

    /// <summary>Has the ring of tiles around a viewport made, behind everything else.</summary>
    public void Prefetch(IReadOnlyCollection<string> inView, Func<string, ClimateAsk> ask, Principal principal)
    {
        foreach (var tile in TileRing.Around(inView).Take(MaxTiles))
        {
            prefetch.Add(ask(tile), principal);
        }

        frames.Wake();
    }

    /// <summary>Says that a reader of a channel has begun, so that frames come as fast as it wants them.</summary>
    public void Begun(ClimateOpened opened)
    {
        opened.Channel.Quicken(opened.Interval, clock.GetUtcNow());
        frames.Wake();
    }

    /// <summary>Completes what every subscription asks for with what climate channels are like.</summary>
    public SubscribePlan Complete(SubscribePlan plan, SubscribeRequest request, ClimateOpened opened) => plan with
    {
        Coarser = opened.Coarser,
        Interval = opened.Interval,
        Limits = new LagLimits(request.MaxLagFrames ?? options.Value.MaxLagFrames, request.MaxLagBytes ?? MaxLagBytes),
        Start = opened.Channel.Spec.Origin is not null && plan.Start == StartPoint.Live ? StartPoint.Oldest : plan.Start,
    };
}
