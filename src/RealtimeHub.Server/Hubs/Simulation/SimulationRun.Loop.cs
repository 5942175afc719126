using System.Globalization;
using System.Text.Json.Nodes;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;
using RealtimeHub.Science.Simulation.Features;

namespace RealtimeHub.Server.Hubs.Simulation;

// The loop: one task per run, which alone touches the simulator.
internal sealed partial class SimulationRun
{
    private const string StateKey = "state";
    private const string NobodyWatches = "nobody watches";
    private const double ProgressStep = 10.0;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OutageLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private Simulator? _simulator;
    private ChangeTracker? _changes;
    private bool _isPaused;
    private long _stepsOwed;
    private readonly List<TaskCompletionSource<ProtocolError?>> _awaitingSteps = [];
    private readonly Queue<(TaskCompletionSource<ProtocolError?> Done, ProtocolError? Refusal)> _answers = new();
    private string? _stopReason;
    private DateTimeOffset _due;
    private double _told;

    /// <summary>Computes until the last step, a stop, or until nobody watches. Ends every channel of the run.</summary>
    public async Task RunAsync()
    {
        await Task.Yield();
        var (state, reason) = (RunStates.Completed, (string?)null);
        try
        {
            _simulator = new Simulator(Plan.Recipe, _context.Options.Threads ?? Environment.ProcessorCount);
            var end = await BeginAsync();
            _due = _context.Clock.GetUtcNow();
            while (end is null && await TakeTurnAsync())
            {
            }

            (state, reason) = end ?? (_stopReason is null ? (RunStates.Completed, null) : (RunStates.Stopped, _stopReason));
        }
        catch (Exception failure) when (_context.Nodes.AreShared && (_isLost || failure is ChannelStoreUnavailableException))
        {
            // Whoever reaches the store first goes on with it.
            _isLost = true;
        }
        catch (SimulationDivergedException diverged)
        {
            (state, reason) = (RunStates.Failed, diverged.Message);
        }
#pragma warning disable CA1031 // Whatever went wrong, viewers have to be told that the run has ended.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            SimulationLog.RunFailed(_context.Logger, failure, Id, _step);
            (state, reason) = (RunStates.Failed, "The server failed.");
        }

        if (!await HoldToTheEndAsync())
        {
            StepDown();
            return;
        }

        await EndAsync(state, reason);
    }

    // What another node has begun is computed again up to what was shown of it; how it ended, if it did.
    private async Task<(string State, string? Reason)?> BeginAsync()
    {
        if (_record is { } record)
        {
            return await ResumeAsync(record);
        }

        SimulationLog.RunStarted(_context.Logger, Id, Plan.Recipe.Model.Name, Plan.Recipe.GridSize, Plan.Recipe.GridSize, Owner);
        var metadata = new JsonObject { ["model"] = Plan.Recipe.Model.Name, ["grid_size"] = Plan.Recipe.GridSize, ["seed"] = (long)Plan.Recipe.Seed };
        await TellAsJobAsync(jobs => jobs.StartedAsync(Id, Owner, metadata));
        return null;
    }

    // One step, or one wait; false at the end.
    private async Task<bool> TakeTurnAsync()
    {
        if (!await HoldAsync())
        {
            return !_isLost;
        }

        ApplyCommands();
        if (!await KeepRecordAsync())
        {
            return !_isLost;
        }

        await TellAsync();
        AnswerCommands();
        await ShowSnapshotsAsync();
        TellShown();
        if (_stopReason is not null || _step >= Plan.Steps)
        {
            return false;
        }

        var now = _context.Clock.GetUtcNow();
        DropHeldViews(now);
        if (IdleFor(now) is { } idle && idle >= (IsShared ? TimeSpan.Zero : _context.Options.IdleTimeout))
        {
            _stopReason = NobodyWatches;
            return false;
        }

        if (_isPaused && _stepsOwed == 0)
        {
            await WaitAsync(LongestPause);
            return true;
        }

        if (_stepsOwed == 0 && _due - now >= ShortestWait)
        {
            await WaitAsync(_due - now);
            return true;
        }

        Compute(now);
        await ShowAsync();
        if (_stepsOwed == 0)
        {
            AnswerSteps(null);
        }

        return true;
    }

    private void Compute(DateTimeOffset now)
    {
        _simulator!.Advance();
        if (_stepsOwed > 0)
        {
            _stepsOwed--;
        }

        // A pace that cannot be kept is not made up for later.
        _due = (now - _due > LongestPause ? now : _due) + TimeSpan.FromSeconds(1.0 / Plan.StepsPerSecond);
        lock (_gate)
        {
            _step = _simulator.Step;
            if (_views.Values.Any(v => v.Plan.NeedsMorphology && v.Viewers > 0))
            {
                if (_changes is null)
                {
                    _changes = new ChangeTracker(Plan.Recipe.Model.Observed.ShownScale);
                    _changesFrom = _step;
                }
            }
        }

        _changes?.Follow(_simulator.Fields, 0);
    }

    private async Task ShowAsync()
    {
        var isLast = _step >= Plan.Steps;
        await ShowAsync(v => (v.Viewers > 0 || v.Plan.Name is null) && (isLast || _step % v.Plan.Every == 0));
        if (Plan.Steps is { } total && 100.0 * _step / total >= _told + ProgressStep && !isLast)
        {
            _told = Math.Floor(100.0 * _step / total / ProgressStep) * ProgressStep;
            await TellAsJobAsync(jobs => jobs.ProgressAsync(Id, Owner, _told, string.Create(CultureInfo.InvariantCulture, $"Step {_step} of {total}.")));
        }
    }

    // Who comes late sees the state as it is before the next step.
    private Task ShowSnapshotsAsync() => ShowAsync(v => v.NeedsSnapshot, isOnce: false);

    private async Task ShowAsync(Func<RunView, bool> isMeant, bool isOnce = true)
    {
        List<RunView> views;
        lock (_gate)
        {
            views = [.. _views.Values.Where(isMeant)];
        }

        if (views.Count == 0)
        {
            return;
        }

        var frames = new RunFrames(Id, Plan, _simulator!, _changes);
        foreach (var view in views)
        {
            var result = await AppendAsync(view, view.Plan.Kind, frames.PayloadOf(view.Plan), frames.BlocksOf(view.Plan), eventId: isOnce ? EventId(view, "step", _step) : null);
            lock (_gate)
            {
                view.Has(new StreamPosition(result.Epoch, result.Entries[0].Offset - 1));
            }
        }
    }

    private async Task<AppendResult> AppendAsync(
        RunView view, string type, JsonPayload payload, IReadOnlyDictionary<string, Protocol.Numerics.FloatBlock>? blocks = null, bool isState = true, bool isLast = false,
        string? eventId = null)
    {
        var envelope = Envelope(type, payload, blocks, isState ? StateKey : null, eventId);
        var result = await AppendAsync(new AppendRequest(view.Channel, [envelope]) { EndsChannel = isLast });

        // Who goes on with the run elsewhere has come to its end.
        _isLost |= result.Status == AppendStatus.Ended && _context.Nodes.AreShared;
        return result.Status == AppendStatus.Done ? result : throw new InvalidOperationException($"{view.Channel} took no frame: {result.Status}.");
    }

    private Envelope Envelope(string type, JsonPayload payload, IReadOnlyDictionary<string, Protocol.Numerics.FloatBlock>? blocks, string? conflationKey, string? eventId = null)
    {
        var now = _context.Clock.GetUtcNow();
        return new Envelope
        {
            Type = type,
            Timestamp = now,
            EventId = eventId ?? Guid.CreateVersion7(now).ToString("N"),
            Payload = payload,
            Blocks = blocks,
            Tags = new Dictionary<string, string> { ["run_id"] = Id, ["model"] = Plan.Recipe.Model.Name },
            ConflationKey = conflationKey,
        };
    }

    // A store that is away stops the run where it is, for a while.
    private async Task<AppendResult> AppendAsync(AppendRequest request)
    {
        var start = _context.Clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await _context.Store.AppendAsync(request);
            }
            catch (ChannelStoreUnavailableException) when (_context.Clock.GetElapsedTime(start) < LongestOutage && IsHeld)
            {
                await Task.Delay(OutageLook, _context.Clock);
                request = request with { IsAgain = true };
            }
        }
    }

    private async Task EndAsync(string state, string? reason)
    {
        List<RunView> views;
        var last = TakeLast(state, reason);
        lock (_gate)
        {
            Volatile.Write(ref _last, last);
            _reason = reason;
            _endedAt = _context.Clock.GetUtcNow();
            Volatile.Write(ref _state, state);
            views = [.. _views.Values];
        }

        AnswerSteps(_stepsOwed == 0 ? null : Finished());
        AnswerCommands();
        _commands.Writer.TryComplete();
        RefuseCommands(Finished());

        try
        {
            if (last is not null)
            {
                foreach (var view in views)
                {
                    await AppendAsync(view, SimulationTypes.Complete, last.Complete, isState: false, isLast: true, eventId: EventId(view, "end", 0));
                    view.End();
                }

                await TellEndAsJobAsync(state, reason, last.Checksum);
            }
        }
#pragma warning disable CA1031 // The run has ended, whether or not everybody could be told.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            SimulationLog.RunFailed(_context.Logger, failure, Id, _step);
        }

        views.ForEach(v => v.End());
        TellRecordSoon();
        TellShown();
        SimulationLog.RunEnded(_context.Logger, Id, _step, state, reason);
        _simulator = null;
        _changes = null;
    }

    private EndedRun? TakeLast(string state, string? reason)
    {
        try
        {
            return _simulator is null ? null : new RunFrames(Id, Plan, _simulator, _changes).End(state, reason, Recipe());
        }
#pragma warning disable CA1031 // Without its last word a run ends all the same.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            SimulationLog.RunFailed(_context.Logger, failure, Id, _step);
            return null;
        }
    }

    private void ApplyCommands()
    {
        while (_commands.Reader.TryRead(out var command))
        {
            if (command.Action() is var refusal && refusal is null && command.AwaitsSteps && _stepsOwed > 0)
            {
                _awaitingSteps.Add(command.Done);
            }
            else
            {
                _answers.Enqueue((command.Done, refusal));
            }
        }
    }

    // What was done is kept before anybody is told that it was.
    private void AnswerCommands()
    {
        while (_answers.TryDequeue(out var answer))
        {
            answer.Done.TrySetResult(answer.Refusal);
        }
    }

    private void AnswerSteps(ProtocolError? refusal)
    {
        _awaitingSteps.ForEach(done => done.TrySetResult(refusal));
        _awaitingSteps.Clear();
    }

    // How long nobody has watched; null while somebody does.
    private TimeSpan? IdleFor(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _views.Values.Any(v => v.Viewers > 0) ? null : now - _lastWatched;
        }
    }

    private async Task WaitAsync(TimeSpan limit)
    {
        using var waiting = new CancellationTokenSource();
        var wake = _commands.Reader.WaitToReadAsync(waiting.Token).AsTask();
        await Task.WhenAny(wake, Task.Delay(limit, _context.Clock, waiting.Token));
        await waiting.CancelAsync();
    }

    private ProtocolError? RequestStop(string reason)
    {
        _stopReason ??= reason;
        return null;
    }
}
