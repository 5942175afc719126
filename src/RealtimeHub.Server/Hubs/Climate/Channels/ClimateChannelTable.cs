using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Server.Hubs.Climate.Frames;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Hubs.Climate.Channels;

/// <summary>The derived channels that frames are made for. Thread-safe.</summary>
internal sealed class ClimateChannelTable(
    GovernedChannels governed, IChannelStore store, ChannelDirectory directory, IOptions<ClimateHubOptions> options, ISharedState shared, TimeProvider clock)
{
    private const int CoarserSteps = 2;

    // A coarser grid of fewer rows or columns than this shows nothing any more.
    private const int FewestCells = 3;

    private readonly ConcurrentDictionary<string, ClimateChannel> _channels = new(StringComparer.Ordinal);

    public ICollection<ClimateChannel> All => _channels.Values;

    public int Count => _channels.Count;

    /// <summary>The channel of a plan, taken up if it is new; null where there are as many as there may be.</summary>
    public async ValueTask<ClimateChannel?> OpenAsync(ClimatePlan plan, ClimateChannel? finer = null)
    {
        var name = plan.Spec.ToChannelName();
        var now = clock.GetUtcNow();
        if (_channels.TryGetValue(name.Value, out var channel))
        {
            channel.LastRead = now;
            channel.Quicken(plan.Interval, now);
            return channel;
        }

        return _channels.Count < options.Value.MaxChannels && await governed.RunAsync(name, plan.Request, ClimateChannel.DeliveredBy(plan.Spec)) is not null
            ? _channels.GetOrAdd(name.Value, _ => new ClimateChannel(name, plan, finer, now))
            : null;
    }

    /// <summary>The coarser siblings of a channel, each taken up, from the finer to the coarser.</summary>
    public async ValueTask<IReadOnlyList<ChannelName>> OpenCoarserAsync(ClimateChannel channel, ClimatePlan plan)
    {
        var siblings = new List<ChannelName>();
        var isOfGrid = plan.Spec is { Kind: FrameKinds.Fields or FrameKinds.Drivers } or { Kind: FrameKinds.Xai, Level: XaiLevels.Spatial, H3Resolution: null };
        var grid = plan.Request.Grid;
        for (var window = plan.Spec.Window; isOfGrid && siblings.Count < CoarserSteps;)
        {
            window = PlaneCut.Snap(new(window.Row, window.Column, window.Rows, window.Columns), window.Stride * 2, grid.Rows, grid.Columns);
            if (PlaneCut.RowsOf(window) < FewestCells || PlaneCut.ColumnsOf(window) < FewestCells
                || await OpenAsync(plan with { Spec = plan.Spec with { Window = window } }, channel) is not { } sibling)
            {
                break;
            }

            siblings.Add(sibling.Name);
        }

        return siblings;
    }

    /// <summary>A running channel of the same content whose log a position belongs to: history that a reader comes back to.</summary>
    public ClimatePlan? FindByEpoch(ClimatePlan plan, string epoch)
    {
        foreach (var channel in _channels.Values)
        {
            if (channel.Spec.Origin is { } origin
                && channel.Spec.Source == plan.Spec.Source
                && directory.TryGet(channel.Name, out var log) && log.Log.Epoch == epoch
                && (plan.Spec with { Origin = origin, Start = channel.Spec.Start }).ToChannelName() == channel.Name)
            {
                return plan with { Spec = plan.Spec with { Origin = origin, Start = channel.Spec.Start } };
            }
        }

        return null;
    }

    /// <summary>The channel of a name; null where there is none.</summary>
    public ClimateChannel? Find(ChannelName name) => _channels.GetValueOrDefault(name.Value);

    /// <summary>How often the fastest reader of a channel wants a frame; null where nobody reads it.</summary>
    public TimeSpan? ShortestInterval(ClimateChannel channel) => directory.TryGet(channel.Name, out var log) ? log.ShortestInterval : null;

    /// <summary>Whether somebody reads a channel.</summary>
    public bool HasReaders(ClimateChannel channel) => ShortestInterval(channel) is not null;

    /// <summary>Gives up channels that nobody has read for a while.</summary>
    public async ValueTask SweepAsync()
    {
        var now = clock.GetUtcNow();
        foreach (var channel in _channels.Values)
        {
            if (HasReaders(channel))
            {
                channel.LastRead = now;
            }
        }

        foreach (var channel in _channels.Values)
        {
            var last = channel.Finer is { } finer && finer.LastRead > channel.LastRead ? finer.LastRead : channel.LastRead;
            if (now - last >= options.Value.IdleChannelTime)
            {
                await DropAsync(channel);
            }
        }
    }

    /// <summary>Gives a channel up at once, and forgets its frames: nobody decides again on what nobody makes.</summary>
    public async ValueTask DropAsync(ClimateChannel channel)
    {
        if (_channels.TryRemove(channel.Name.Value, out _))
        {
            governed.Stop(channel.Name);
            await ForgetAsync(channel);
        }
    }

    // Where another node makes the frames, it decides on them as well.
    private async ValueTask ForgetAsync(ClimateChannel channel)
    {
        if (!await shared.TryHoldAsync(channel.Name.Value))
        {
            return;
        }

        try
        {
            await store.RenewAsync(channel.Name, RecoveryReasons.EpochChanged);
            directory.Forget(channel.Name);
            await shared.ReleaseAsync(channel.Name.Value);
        }
        catch (ChannelStoreUnavailableException)
        {
            // What is kept there is judged again before anybody is shown it.
        }
    }
}
