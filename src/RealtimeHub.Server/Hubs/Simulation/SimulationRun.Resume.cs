using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;
using RealtimeHub.Science.Simulation.Features;

namespace RealtimeHub.Server.Hubs.Simulation;

// Going on with what another node has begun: the recipe is computed again up to the newest step that was shown.
internal sealed partial class SimulationRun
{
    private async Task<(string State, string? Reason)?> ResumeAsync(RunRecord record)
    {
        var (shown, end) = await LookAtChannelsAsync();
        lock (_gate)
        {
            _isPaused = record.State == RunStates.Paused;
            _changesFrom = record.ChangesFrom;
        }

        var step = Math.Max(record.Step, shown);
        if (!await ComputeAgainAsync(record.Recipe.Events, step))
        {
            return null;
        }

        SimulationLog.RunTakenOver(_context.Logger, Id, step);
        _told = Plan.Steps is { } total ? Math.Floor(100.0 * step / total / ProgressStep) * ProgressStep : 0;
        if (end is null && await HoldAsync() && await KeepRecordAsync())
        {
            await ShowAgainAsync();
        }

        return end;
    }

    // What of the last step or the last change the other node may not have shown everywhere; where it has, nothing comes of it.
    private async Task ShowAgainAsync()
    {
        if (_step > 0)
        {
            await ShowAsync();
        }

        List<(RunView View, SteeringRecord Change, int Number)> changes;
        lock (_gate)
        {
            changes = [.. _events.Index().Where(e => e.Item.Step == _step).SelectMany(e => _views.Values.Select(v => (v, e.Item, e.Index + 1)))];
        }

        foreach (var (view, change, number) in changes)
        {
            var payload = JsonPayload.From(new RunChange { RunId = Id, Step = _step, By = change.By ?? "", Change = change }, RealtimeJsonContext.Default.RunChange);
            await AppendAsync(view, SimulationTypes.Steered, payload, isState: false, eventId: EventId(view, SimulationTypes.Steered, number));
        }
    }

    private async Task<bool> ComputeAgainAsync(IReadOnlyList<SteeringRecord> events, long step)
    {
        var (simulator, next) = (_simulator!, 0);
        while (true)
        {
            for (; next < events.Count && events[next].Step == simulator.Step; next++)
            {
                simulator.Steer(ChangeOf(events[next]));
            }

            if (simulator.Step >= step)
            {
                break;
            }

            simulator.Advance();
            if (simulator.Step >= _changesFrom)
            {
                _changes ??= new ChangeTracker(Plan.Recipe.Model.Observed.ShownScale);
                _changes.Follow(simulator.Fields, 0);
            }

            // A long way may take longer than a lease lasts.
            if (!await HoldAsync() && _isLost)
            {
                return false;
            }
        }

        lock (_gate)
        {
            _step = simulator.Step;
        }

        return true;
    }

    private static SteeringEvent ChangeOf(SteeringRecord record) => new(record.Step)
    {
        Parameters = record.Parameters,
        Spike = record.Spike is { } spike ? new Spike(spike.X, spike.Y, (float)spike.Amount) : null,
    };

    // The newest step that was shown, and how the run ended, if it did.
    private async Task<(long Step, (string State, string? Reason)? End)> LookAtChannelsAsync()
    {
        List<RunView> views;
        lock (_gate)
        {
            views = [.. _views.Values];
        }

        var (step, end) = (0L, ((string, string?)?)null);
        foreach (var view in views)
        {
            if (await _context.Store.OpenAsync(view.Channel) is not { } channel)
            {
                continue;
            }

            var frames = channel.ReadHistory(channel.Log.Newest, MaxLookedAt, true);
            if (frames.FirstOrDefault(f => f.Type == SimulationTypes.Complete) is { } last)
            {
                var complete = last.Payload.To(RealtimeJsonContext.Default.SimulationComplete)!;
                (step, end) = (Math.Max(step, complete.Step), (complete.State, complete.Reason));
            }
            else if (frames.FirstOrDefault(f => f.Type == view.Plan.Kind) is { } state)
            {
                step = Math.Max(step, StepOf(state));
            }
        }

        return (step, end);
    }

    private static long StepOf(FrameEnvelope frame) => frame.Type == SimulationTypes.FeatureUpdate
        ? frame.Payload.To(RealtimeJsonContext.Default.FeatureUpdate)!.Step
        : frame.Payload.To(RealtimeJsonContext.Default.SimulationState)!.Step;
}
