using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Jobs;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Every run of this node, and of those that share its store: starts them within the caps, finds them, remembers some that have ended, and stops all at shutdown.</summary>
/// <remarks>Thread-safe. Its gate is taken before a run's own.</remarks>
internal sealed partial class SimulationRuns(
    IChannelStore store, ChannelDirectory channels, RunJobs jobs, RunNodes nodes, IOptions<SimulationOptions> options, TimeProvider clock, ILogger<SimulationRuns> logger) : IHostedService
{
    private readonly Lock _gate = new();
    private readonly RunContext _context = new(store, channels, jobs, options.Value, nodes, clock, logger);
    private readonly Dictionary<string, SimulationRun> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulationRun> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<SimulationRun, Task> _loops = [];
    private readonly Queue<SimulationRun> _ended = new();
    private readonly HashSet<ITimer> _held = [];
    private bool _isStopping;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<KeyValuePair<SimulationRun, Task>> loops;
        lock (_gate)
        {
            _isStopping = true;
            loops = [.. _loops];
            foreach (var timer in _held)
            {
                timer.Dispose();
            }

            _held.Clear();
        }

        if (nodes.AreShared)
        {
            loops.ForEach(l => l.Key.HandOver());
            await Task.WhenAll(loops.Select(l => l.Value)).WaitAsync(cancellationToken);
            await Task.WhenAll(loops.Where(l => !l.Key.HasEnded).Select(l => nodes.ReleaseAsync(l.Key.Id).AsTask())).WaitAsync(cancellationToken);
            return;
        }

        loops.ForEach(l => l.Key.Stop("the server stops"));
        await Task.WhenAll(loops.Select(l => l.Value)).WaitAsync(cancellationToken);
    }

    /// <summary>Starts a run of the caller's own.</summary>
    public RunResult Start(Principal principal, RunPlan plan)
    {
        lock (_gate)
        {
            if (Refuse(principal, plan) is { } refusal)
            {
                return new RunResult { Error = refusal };
            }

            var run = Create(principal, plan, isShared: false);
            Begin(run);
            return new RunResult { Run = run.Status(withRecipe: false) };
        }
    }

    /// <summary>Joins the run that equal requests share, or starts it; who comes back after its end gets that end, and no new run.</summary>
    /// <param name="principal">Who asks.</param>
    /// <param name="plan">The run.</param>
    /// <param name="viewPlan">How it is to be seen.</param>
    /// <param name="run">The run.</param>
    /// <param name="view">The view.</param>
    /// <param name="resumedEpoch">The epoch of the position that the caller goes on from, if any.</param>
    /// <returns>The refusal; null with a view that has to be given back to <see cref="Leave"/>.</returns>
    public ProtocolError? Share(
        Principal principal, RunPlan plan, ViewPlan viewPlan, out SimulationRun? run, out RunView? view, string? resumedEpoch = null)
    {
        lock (_gate)
        {
            view = null;
            run = resumedEpoch is null ? null : _runs.Values.FirstOrDefault(r => r.IsShared && r.Plan.Key == plan.Key && r.Has(viewPlan, resumedEpoch));
            if (run is not null || (_shared.TryGetValue(plan.Key, out run) && !run.HasEnded))
            {
                view = run.Join(viewPlan, out var full);
                return full;
            }

            if (Refuse(principal, plan) is { } refusal)
            {
                return refusal;
            }

            run = Create(principal, plan, isShared: true);
            view = run.Join(viewPlan, out _);
            _shared[plan.Key] = run;
            Begin(run);
            return null;
        }
    }

    /// <summary>Counts one viewer less. A shared run that nobody watches any more stops before its next step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="view">What was watched.</param>
    /// <param name="isLost">Whether the viewer's connection is gone: it may come back, so its place is held for a while.</param>
    public void Leave(SimulationRun run, RunView view, bool isLost = false)
    {
        lock (_gate)
        {
            if (isLost && !_isStopping && !run.HasEnded && _context.Options.ReconnectGrace > TimeSpan.Zero)
            {
                Hold(run, view);
                return;
            }

            if (run.Leave(view) && run.IsShared && run.IsHere)
            {
                Forget(run);
                run.Stop("nobody watches");
            }
        }
    }

    public SimulationRun? Find(string runId)
    {
        lock (_gate)
        {
            return _runs.GetValueOrDefault(runId);
        }
    }

    /// <summary>Runs, newest first.</summary>
    public IReadOnlyList<RunStatus> List(string? state, int limit)
    {
        lock (_gate)
        {
            return [.. _runs.Values.OrderByDescending(r => r.StartedAt).Where(r => r.Plan.IsListed && (state is null || r.State == state)).Take(limit).Select(r => r.Status(withRecipe: false))];
        }
    }

    // Called with the gate held.
    private void Hold(SimulationRun run, RunView view)
    {
        ITimer? timer = null;
        timer = _context.Clock.CreateTimer(
            _ =>
            {
                lock (_gate)
                {
                    // The clock may be quicker than this method, but not than the gate.
                    if (_held.Remove(timer!))
                    {
                        timer!.Dispose();
                        Leave(run, view);
                    }
                }
            },
            null,
            _context.Options.ReconnectGrace,
            Timeout.InfiniteTimeSpan);
        _held.Add(timer);
    }

    private SimulationRun Create(Principal principal, RunPlan plan, bool isShared)
    {
        var run = new SimulationRun($"{JobsFamily.RunPrefix}{Guid.NewGuid().ToString("N")[..12]}", principal.Id, isShared, plan, _context);
        _runs[run.Id] = run;
        return run;
    }

    private void Begin(SimulationRun run) => _loops[run] = RunAsync(run);

    private async Task RunAsync(SimulationRun run)
    {
        // The computation must not hold the gate, nor the thread of whoever started it.
        await Task.Run(run.RunAsync);
        lock (_gate)
        {
            _loops.Remove(run);
            if (run.HasEnded)
            {
                Ended(run);
            }
        }
    }

    // Called with the gate held.
    private void Ended(SimulationRun run)
    {
        Forget(run);
        _ended.Enqueue(run);
        while (_ended.Count > _context.Options.MaxEndedRuns)
        {
            _runs.Remove(_ended.Dequeue().Id);
        }

        DropOldFields();
    }

    // Called with the gate held. The fields of runs that have ended share a room; the newest have it.
    private void DropOldFields()
    {
        var room = _context.Options.MaxEndedCells;
        foreach (var run in _ended.Reverse().Where(r => r.HasLastField))
        {
            room -= run.Plan.Cells;
            if (room < 0)
            {
                run.DropLastField();
            }
        }
    }

    private void Forget(SimulationRun run)
    {
        if (_shared.TryGetValue(run.Plan.Key, out var current) && ReferenceEquals(current, run))
        {
            _shared.Remove(run.Plan.Key);
        }
    }

    // Called with the gate held.
    private ProtocolError? Refuse(Principal principal, RunPlan plan)
    {
        if (!principal.Has(Scopes.SimulationRun))
        {
            return ErrorCodes.Forbidden.With($"Starting a simulation needs the scope {Scopes.SimulationRun}; without it a run that is at work can be watched.");
        }

        if (_isStopping)
        {
            return ErrorCodes.Unavailable.With("The server stops.");
        }

        var caps = _context.Options;
        var all = _loops.Keys.Where(r => !r.HasEnded).ToList();
        var own = _runs.Values.Where(r => !r.HasEnded && r.Owner == principal.Id).ToList();
        return Cap(all.Count + 1, caps.MaxRuns, "runs", "server")
            ?? Cap(own.Count + 1, caps.MaxRunsPerUser, "runs", "user")
            ?? Cap(all.Sum(r => r.Plan.Cells) + plan.Cells, caps.MaxCells, "cells", "server")
            ?? Cap(own.Sum(r => r.Plan.Cells) + plan.Cells, caps.MaxCellsPerUser, "cells", "user")
            ?? Cap(all.Sum(r => r.Plan.StepsPerSecond) + plan.StepsPerSecond, caps.MaxStepsPerSecond, "steps per second", "server")
            ?? Cap(own.Sum(r => r.Plan.StepsPerSecond) + plan.StepsPerSecond, caps.MaxStepsPerSecondPerUser, "steps per second", "user");
    }

    private static ProtocolError? Cap(double wanted, double limit, string what, string whose) => wanted <= limit
        ? null
        : ErrorCodes.RunLimit.With(FormattableString.Invariant($"With this run there would be {wanted} {what} at work, and {limit} is what one {whose} may have.")) with
        {
            Details = new ErrorDetails { Limit = FormattableString.Invariant($"{limit} {what} per {whose}") },
        };
}
