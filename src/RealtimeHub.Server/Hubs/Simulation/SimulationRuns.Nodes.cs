using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

// The runs of other nodes: known here by their records, and gone on with here when their node is gone.
internal sealed partial class SimulationRuns
{
    /// <summary>Learns what a node tells of a run.</summary>
    public void Heard(RunEntry entry)
    {
        SimulationRun? run;
        lock (_gate)
        {
            run = _runs.GetValueOrDefault(entry.RunId);
            if (entry.Record is { } record)
            {
                Learn(entry.RunId, run, record);
                return;
            }
        }

        if (entry.Answer is { } answer)
        {
            nodes.Answered(answer);
        }
        else if (entry.Shown is { } shown)
        {
            run?.Shown(shown);
        }
        else if (run?.IsHere == true)
        {
            Act(run, entry);
        }
    }

    /// <summary>Tells again what was lost with the store's history.</summary>
    public void TellAgain()
    {
        lock (_gate)
        {
            foreach (var run in _runs.Values)
            {
                run.TellAgain();
            }
        }
    }

    /// <summary>Forgets who watched on a node that is gone.</summary>
    public void NodeGone(string node)
    {
        lock (_gate)
        {
            foreach (var run in _loops.Keys)
            {
                run.NodeGone(node);
            }
        }
    }

    /// <summary>Goes on with the runs whose node is gone.</summary>
    public async Task TakeOverAsync()
    {
        List<SimulationRun> elsewhere;
        lock (_gate)
        {
            elsewhere = [.. _runs.Values.Where(r => !r.IsHere && !r.HasEnded)];
        }

        foreach (var run in elsewhere)
        {
            var at = _context.Clock.GetTimestamp();
            if (await nodes.TryHoldAsync(run.Id))
            {
                lock (_gate)
                {
                    if (!_isStopping && !_loops.ContainsKey(run) && run.TakeOver(at))
                    {
                        Begin(run);
                    }
                }
            }
        }
    }

    // Called with the gate held.
    private void Learn(string runId, SimulationRun? run, RunRecord record)
    {
        if (run is null)
        {
            if (record.ToPlan() is not { } plan)
            {
                return;
            }

            run = new SimulationRun(runId, record.Owner, record.IsShared, plan, _context, record.StartedAt);
            _runs[runId] = run;
            if (run.IsShared && !RunStates.IsFinal(record.State))
            {
                _shared.TryAdd(plan.Key, run);
            }
        }

        var hadEnded = run.HasEnded;
        run.Learn(record);
        if (run.HasEnded && !hadEnded)
        {
            Ended(run);
        }
    }

    private void Act(SimulationRun run, RunEntry entry)
    {
        if (entry.Watch is { } watch && entry.Node != nodes.Node)
        {
            run.Watched(entry.Node, watch);
        }
        else if (entry.Order is { } order)
        {
            _ = AnswerAsync(run, order);
        }
    }

    private async Task AnswerAsync(SimulationRun run, RunOrder order)
    {
        var result = await run.DoHereAsync(order);
        nodes.TellSoon(new RunEntry(run.Id, nodes.Node) { Answer = new RunAnswer(order.Id, result) });
    }
}
