using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Server.Hubs.Simulation;

// The lease, as the loop keeps it: without it no step is computed, and what it has done is kept in the record before anybody sees what follows from it.
internal sealed partial class SimulationRun
{
    // Whether this node may compute the next step. Where it may not it has waited a moment.
    private async Task<bool> HoldAsync()
    {
        if (_isLost || !_context.Nodes.AreShared)
        {
            return !_isLost;
        }

        var now = _context.Clock.GetTimestamp();
        if (_heldAt is { } at && _context.Clock.GetElapsedTime(at, now) < _context.Nodes.LeaseTime / RenewalsPerLease)
        {
            return true;
        }

        if (!await _context.Nodes.TryHoldAsync(Id))
        {
            await PauseAsync();
            return false;
        }

        _heldAt = now;
        _isRecordDue = true;
        return true;
    }

    // Only who holds the run may say how it ended.
    private async Task<bool> HoldToTheEndAsync()
    {
        while (!_isLost)
        {
            if (await HoldAsync())
            {
                return true;
            }
        }

        return false;
    }

    // Whether everything that was done to the run is kept where another node finds it.
    private async Task<bool> KeepRecordAsync()
    {
        if (!_isRecordDue || !_context.Nodes.AreShared)
        {
            return true;
        }

        RunEntry entry;
        lock (_gate)
        {
            _isRecordDue = false;
            entry = Entry() with { Record = RecordNow() };
        }

        try
        {
            await _context.Nodes.TellAsync(entry);
            return true;
        }
        catch (ChannelStoreUnavailableException)
        {
            _isRecordDue = true;
            await PauseAsync();
            return false;
        }
    }

    private Task PauseAsync()
    {
        var pause = _context.Nodes.LeaseTime / 10;
        return Task.Delay(pause < LongestPause ? pause : LongestPause, _context.Clock);
    }

    private void TellRecordSoon()
    {
        lock (_gate)
        {
            _context.Nodes.TellSoon(Entry() with { Record = RecordNow() });
        }
    }

    // Called with the gate held.
    private RunRecord RecordNow() => new(_term)
    {
        Owner = Owner,
        IsShared = IsShared,
        Recipe = Recipe(),
        StepsPerSecond = Plan.StepsPerSecond,
        Key = Plan.Key,
        IsListed = Plan.IsListed,
        Every = Plan.Every,
        StartedAt = StartedAt,
        State = State,
        Reason = _reason,
        EndedAt = _endedAt,
        Step = _step,
        Viewers = _views.Values.Sum(v => v.Viewers),
        Views = [.. _views.Values.Where(v => v.Viewers > 0 || v.Plan.Name is null || HasEnded).Select(v => v.Plan)],
        ChangesFrom = _changesFrom,
    };

    private void TellShown()
    {
        lock (_gate)
        {
            foreach (var view in _views.Values.Where(v => v.IsAwaited))
            {
                view.IsAwaited = false;
                _context.Nodes.TellSoon(Entry() with { Shown = new RunShown(view.Plan.Name ?? "", view.BeforeNewest?.Epoch, view.BeforeNewest?.Offset ?? 0) });
            }
        }
    }

    private void DropHeldViews(DateTimeOffset now)
    {
        if (_viewsHeldUntil == default || now < _viewsHeldUntil)
        {
            return;
        }

        _viewsHeldUntil = default;
        NodeGone(Held);
    }

    // Called by the loop when it ends here and goes on elsewhere.
    private void StepDown()
    {
        SimulationLog.RunLeft(_context.Logger, Id, _step);
        lock (_gate)
        {
            _record = _newer ?? RecordNow();
            _newer = null;
            foreach (var view in _views.Values)
            {
                view.Elsewhere.Clear();
                view.IsAwaited = false;
            }

            (_isHere, _term) = (false, _record.Term);
            Apply(_record);
            _views.Values.Where(v => v.Here > 0).ToList().ForEach(TellWatched);
        }

        (_simulator, _changes, _changesFrom, _heldAt, _stepsOwed) = (null, null, null, null, 0);
        _untold.Clear();
        _untoldLog.Clear();
        AnswerSteps(ElsewhereNow());
        while (_answers.TryDequeue(out var answer))
        {
            answer.Done.TrySetResult(ElsewhereNow());
        }

        RefuseCommands(ElsewhereNow());
    }
}
