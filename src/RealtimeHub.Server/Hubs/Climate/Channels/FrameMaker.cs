using System.Globalization;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Data.Clock;
using RealtimeHub.Server.Hubs.Climate.Data.Watching;
using RealtimeHub.Server.Hubs.Climate.Frames;
using RealtimeHub.Server.Hubs.Climate.Masking;
using RealtimeHub.Server.Hubs.Climate.Models;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Hubs.Climate.Channels;

/// <summary>Makes the frames of a channel that are due, and publishes them under the decision in force. Thread-safe.</summary>
internal sealed class FrameMaker(
    FieldSourceDirectory sources,
    GovernedChannels governed,
    ClimateChannelTable table,
    FrameComputer computer,
    FrameAssembler assembler,
    DataClockFactory clocks,
    ClimateMetrics metrics,
    ISharedState shared,
    TimeProvider time,
    ILogger<FrameMaker> logger)
{
    // A policy that changes all the time must not keep a frame from ever being made.
    private const int Attempts = 3;

    private static readonly TimeSpan Never = TimeSpan.FromDays(36_500);
    private static readonly TimeSpan WhileElsewhere = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileNoSource = TimeSpan.FromSeconds(5);

    /// <summary>Makes what is due of a channel now; nothing where nothing is.</summary>
    public async Task<FrameOutcome> MakeAsync(ClimateChannel channel, CancellationToken cancellationToken)
    {
        await channel.Making.WaitAsync(cancellationToken);
        try
        {
            var outcome = await MakeDueAsync(channel, cancellationToken);
            if (outcome.Error?.Code != ErrorCodes.CarePolicyViolation.Code)
            {
                // What the policy does not show is no trouble.
                Note(channel, outcome.Error?.Message);
            }

            return outcome;
        }
        catch (Exception e) when (e is SourceChangedException or ModelUnavailableException or IOException or ChannelStoreUnavailableException)
        {
            Note(channel, e.Message);
            return new FrameOutcome(ErrorCodes.Unavailable.With(e.Message));
        }
#pragma warning disable CA1031 // One channel's failure must not end the frames of all others.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            ClimateLog.FrameFailed(logger, e, channel.Name.Value);
            return new FrameOutcome(ErrorCodes.InternalError.With("The frame could not be made."));
        }
        finally
        {
            channel.Making.Release();
        }
    }

    /// <summary>The clock of a channel: the source's own, or that of its history.</summary>
    public DataClock ClockOf(ClimateChannel channel, FieldCatalogue catalogue)
    {
        var spec = channel.Spec;
        return channel.Clock ??= spec.Start is { } start
            ? clocks.History(catalogue.Times, start, spec.End!.Value, spec.WallTimePerDataHour!.Value, spec.Origin!.Value)
            : clocks.Create(catalogue.Times);
    }

    private async Task<FrameOutcome> MakeDueAsync(ClimateChannel channel, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (channel.IsComplete)
        {
            channel.Due = now + Never;
            return default;
        }

        if (!await shared.TryHoldAsync(channel.Name.Value, cancellationToken))
        {
            // Another node makes them; when it has gone, the lease is free.
            channel.Due = now + WhileElsewhere;
            return default;
        }

        if (sources.Find(channel.Spec.Source) is not { } source)
        {
            channel.Due = now + WhileNoSource;
            return new FrameOutcome(ErrorCodes.Unavailable.With($"The source {channel.Spec.Source} is not there now."));
        }

        if (channel.Spec.Time is not null)
        {
            channel.Due = now + Never;
            return await PublishAsync(new FrameTurn(channel, source.Catalogue, null, IsLast: true, FrameRepeat.None), cancellationToken);
        }

        var clock = ClockOf(channel, source.Catalogue);
        var schedule = clock.ScheduleWithin(channel.Interval);
        var repeat = channel.TakeRepeat();
        var instant = repeat is FrameRepeat.None ? Next(channel, clock, schedule, now) : Again(channel, clock, now);
        if (instant is null)
        {
            return default;
        }

        var isLast = channel.Spec.End is { } end && instant.Value.Time >= end;
        channel.Due = clock.NextFrame(schedule, channel.Spec.Origin is null ? now : instant.Value.Wall).Wall;
        var outcome = await PublishAsync(new FrameTurn(channel, source.Catalogue, instant, isLast, repeat), cancellationToken);
        if (outcome.Error is null)
        {
            (channel.NewestStep, channel.NewestWall) = (instant.Value.Step, instant.Value.Wall);
        }
        else
        {
            channel.Repeat(repeat);
        }

        return outcome;
    }

    // What is shown out of turn: of history the newest frame once more, else what the clock shows now.
    private static DataInstant Again(ClimateChannel channel, DataClock clock, DateTimeOffset now) =>
        channel.Spec.Origin is { } origin ? clock.At(channel.NewestWall ?? origin) : clock.At(now);

    // The newest frame that is due; of history every one, in order. Null where none is.
    private static DataInstant? Next(ClimateChannel channel, DataClock clock, FrameSchedule schedule, DateTimeOffset now)
    {
        if (channel.Spec.Origin is { } origin)
        {
            var due = channel.NewestWall is { } newest ? clock.NextFrame(schedule, newest) : clock.LastFrame(schedule, origin);
            channel.Due = due.Wall;
            return due.Wall <= now ? due : null;
        }

        // A slower schedule's newest frame may be older than what is shown.
        var last = clock.LastFrame(schedule, now);
        if (last.Step <= channel.NewestStep)
        {
            channel.Due = clock.NextFrame(schedule, now).Wall;
            return null;
        }

        return last;
    }

    private async Task<FrameOutcome> PublishAsync(FrameTurn turn, CancellationToken cancellationToken)
    {
        var (channel, catalogue, instant) = (turn.Channel, turn.Catalogue, turn.Instant);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var channelGoverned = await governed.RunAsync(channel.Name, channel.Request, channel.Delivered, cancellationToken);
            var inForce = channelGoverned is null ? null : GovernedChannels.GrantOf(channelGoverned);
            if (inForce is null && channelGoverned is { Decision.IsAllowed: true })
            {
                return new FrameOutcome(ErrorCodes.Unavailable.With("The channel begins anew; try again in a moment."));
            }

            if (inForce is not { } grant || channelGoverned is null)
            {
                await table.DropAsync(channel);
                return new FrameOutcome(ErrorCodes.CarePolicyViolation.With("The policy shows nothing of this any more."));
            }

            var started = time.GetUtcNow();
            var frame = await ComputeAsync(channel, catalogue, instant?.Time, grant.Decision, cancellationToken);
            if (channel.Spec.Kind == FrameKinds.Tile && frame.Multihash == channel.NewestMultihash && !turn.Why.HasFlag(FrameRepeat.NewPolicy))
            {
                // A tile that shows the same is not sent again.
                return default;
            }

            var context = new FrameContext(channel.Request, grant.Decision, catalogue, channel.Spec.TimeMode, instant, started) { IsOutOfTurn = turn.Why is not FrameRepeat.None };
            var envelope = assembler.Assemble(context, frame);
            var onlyOnce = turn.Why is FrameRepeat.None ? OnlyOnce(instant) : null;
            var status = await channelGoverned.PublishAsync(grant, envelope, turn.IsLast, cancellationToken, onlyOnce);
            if (status is AppendStatus.Done or AppendStatus.Ended)
            {
                (channel.NewestMultihash, channel.NewestActivity) = (frame.Multihash, envelope.Governance.Prov.Activity);
                channel.IsComplete = turn.IsLast || status is AppendStatus.Ended;
                return default;
            }

            ClimateLog.FrameOutdated(logger, channel.Name.Value);
        }

        return new FrameOutcome(ErrorCodes.Unavailable.With("The policy keeps changing; try again later."));
    }

    // A node that has just lost its lease may have made the same frame.
    private string? OnlyOnce(DataInstant? instant) =>
        !shared.IsShared ? null : instant is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at.Step} {at.Wall.UtcTicks}") : "only";

    private async Task<ComputedFrame> ComputeAsync(
        ClimateChannel channel, FieldCatalogue catalogue, DateTimeOffset? now, CareDecision decision, CancellationToken cancellationToken)
    {
        var recipe = RecipeMaker.Make(channel.Spec, catalogue, now ?? channel.Spec.Time!.Value, decision);
        var mask = GridMasks.Of(decision);
        var start = time.GetTimestamp();
        var frame = await computer.ComputeAsync(recipe, mask, cancellationToken);
        metrics.Made(frame.Recipe, time.GetElapsedTime(start));
        return frame;
    }

    // Told once per episode.
    private void Note(ClimateChannel channel, string? problem)
    {
        if (problem is null == !channel.IsFailing)
        {
            return;
        }

        channel.IsFailing = problem is not null;
        if (problem is not null)
        {
            ClimateLog.FrameNotMade(logger, channel.Name.Value, problem);
        }
        else
        {
            ClimateLog.FramesMadeAgain(logger, channel.Name.Value);
        }
    }
}
