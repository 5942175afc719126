using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

// Several nodes: one of them holds the run's lease and computes it, the others know it by its record. Its numbers follow from the record alone, and a
// frame has the same event id whoever makes it, so that none comes twice.
internal sealed partial class SimulationRun
{
    private const int RenewalsPerLease = 3;
    private const int MaxLookedAt = 200;
    private const string Held = "";

    private volatile bool _isHere;
    private volatile bool _isLost;
    private volatile bool _isRecordDue;
    private RunRecord? _record;
    private RunRecord? _newer;
    private int _term;
    private int _viewersElsewhere;
    private long? _heldAt;
    private long? _changesFrom;
    private DateTimeOffset _viewsHeldUntil;

    /// <summary>Whether this node computes it.</summary>
    public bool IsHere => _isHere;

    private bool IsHeld => !_context.Nodes.AreShared || (_heldAt is { } at && _context.Clock.GetElapsedTime(at) < _context.Nodes.LeaseTime);

    /// <summary>Leaves the run to other nodes.</summary>
    public void HandOver()
    {
        _isLost = true;
        Wake();
    }

    /// <summary>Learns how the run stands on the node that computes it.</summary>
    public void Learn(RunRecord record)
    {
        bool hasMoved;
        lock (_gate)
        {
            var isEnd = RunStates.IsFinal(record.State);
            if (HasEnded || record.Term < _term || (_isHere && record.Term == _term))
            {
                return;
            }

            hasMoved = isEnd || record.Term > _term;
            if (_isHere)
            {
                // The loop puts the record into force when it has stopped.
                (_newer, _isLost) = (record, true);
            }
            else
            {
                (_record, _term) = (record, record.Term);
                Apply(record);
            }

            if (hasMoved && !_isHere && !isEnd)
            {
                _views.Values.Where(v => v.Here > 0).ToList().ForEach(TellWatched);
            }
        }

        Wake();
        if (hasMoved)
        {
            _context.Nodes.GiveUpOrders(Id, RunStates.IsFinal(record.State) ? Finished() : ElsewhereNow());
        }
    }

    /// <summary>Begins to compute it here. The loop has to be started.</summary>
    /// <param name="heldSince">When this node asked for the lease that it has.</param>
    public bool TakeOver(long heldSince)
    {
        lock (_gate)
        {
            if (_isHere || HasEnded || _record is not { } record)
            {
                return false;
            }

            (_isHere, _isLost, _heldAt) = (true, false, heldSince);
            _term = record.Term + 1;
            _lastWatched = _context.Clock.GetUtcNow();
            _viewsHeldUntil = _lastWatched + _context.Options.ReconnectGrace;

            // Who watched on the node that is gone may come back, and who watches on others says so again: until then nothing they would miss is left out.
            foreach (var plan in record.Views)
            {
                if (!_views.TryGetValue(plan.Name ?? "", out var view))
                {
                    _views[plan.Name ?? ""] = view = new RunView(plan, SimulationFamily.ChannelOf(Id, plan.Name));
                }

                view.Elsewhere[Held] = 1;
            }
        }

        _context.Nodes.GiveUpOrders(Id, ElsewhereNow());
        return true;
    }

    /// <summary>Counts who watches on another node.</summary>
    public void Watched(string node, RunWatch watch)
    {
        lock (_gate)
        {
            RunView? view = null;
            if (HasEnded || (watch.Viewers > 0 && JoinLive(watch.View, out view) is not null))
            {
                _context.Nodes.TellSoon(Entry() with { Shown = new RunShown(watch.View.Name ?? "", null, 0) });
                return;
            }

            if (watch.Viewers > 0)
            {
                view!.Elsewhere[node] = watch.Viewers;
                view.IsAwaited = true;
            }
            else if (_views.TryGetValue(watch.View.Name ?? "", out view))
            {
                view.Elsewhere.Remove(node);
                DropIfUnwatched(view);
            }

            _isRecordDue = true;
        }

        Wake();
    }

    /// <summary>Learns where the newest state of a view is.</summary>
    public void Shown(RunShown shown)
    {
        lock (_gate)
        {
            if (_isHere || !_views.TryGetValue(shown.View, out var view))
            {
                return;
            }

            if (shown.Epoch is { } epoch)
            {
                view.Has(new StreamPosition(epoch, shown.BeforeNewest));
            }
            else
            {
                view.HasNone();
            }
        }
    }

    public void NodeGone(string node)
    {
        lock (_gate)
        {
            foreach (var view in _views.Values.Where(v => v.Elsewhere.Remove(node)).ToList())
            {
                DropIfUnwatched(view);
            }
        }

        Wake();
    }

    public void TellAgain()
    {
        lock (_gate)
        {
            _isRecordDue = true;
            if (!_isHere && !HasEnded)
            {
                _views.Values.Where(v => v.Here > 0).ToList().ForEach(TellWatched);
            }
        }

        _context.Nodes.GiveUpOrders(Id, ElsewhereNow());
    }

    private RunEntry Entry() => new(Id, _context.Nodes.Node);

    private void TellWatched(RunView view) => _context.Nodes.TellSoon(Entry() with { Watch = new RunWatch(view.Plan, view.Here) });

    private ProtocolError ElsewhereNow() =>
        ErrorCodes.Unavailable.With($"The run {Id} goes on on another node; its recipe says whether this was done before.");

    private string EventId(RunView view, string what, long number) => FormattableString.Invariant($"{Id}.{view.Plan.Name}.{what}.{number}");

    // Called with the gate held.
    private void DropIfUnwatched(RunView view)
    {
        _lastWatched = _context.Clock.GetUtcNow();
        if (view.Viewers == 0 && view.Plan.Name is { } name && !HasEnded)
        {
            _views.Remove(name);
        }
    }

    // Called with the gate held, while the run is computed elsewhere.
    private void Apply(RunRecord record)
    {
        _events.Clear();
        _events.AddRange(record.Recipe.Events);
        (_step, _reason, _endedAt, _viewersElsewhere) = (record.Step, record.Reason, record.EndedAt, record.Viewers);
        Volatile.Write(ref _state, record.State);
        if (HasEnded)
        {
            foreach (var view in _views.Values)
            {
                view.End();
            }
        }
    }

    // Called with the gate held: what was shown of a run that ended on another node is in its channels, and nowhere else.
    private ProtocolError? JoinEnded(ViewPlan plan, RunRecord record, out RunView? view)
    {
        view = null;
        if (!record.Views.Any(v => v.Name == plan.Name))
        {
            return ErrorCodes.RunFinished.With($"The run {Id} has ended on another node, and nobody had asked for this view of it; its recipe makes it again.");
        }

        view = new RunView(plan, SimulationFamily.ChannelOf(Id, plan.Name));
        view.End();
        return null;
    }
}
