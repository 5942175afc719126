using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

// What callers may do to a run. Everything here runs in the loop, between two steps, so that it has its place in the order.
internal sealed partial class SimulationRun
{
    private const int MaxEvents = 1_000;

    private static readonly Dictionary<string, string> Spellings = new() { ["turing_threshold"] = "threshold" };

    // What commands have done and nobody was told of yet, in order. Used by the loop only.
    private readonly Queue<(RunView View, string Type, JsonPayload Payload, string? EventId)> _untold = new();
    private readonly Queue<string> _untoldLog = new();

    /// <summary>Does something to the run before its next step, on whichever node that is computed.</summary>
    public Task<RunResult> DoAsync(RunOrder order) => _isHere || HasEnded ? DoHereAsync(order) : _context.Nodes.OrderAsync(Id, order);

    public Task<RunResult> DoHereAsync(RunOrder order) => order.Kind switch
    {
        RunOrders.Pause => SendAsync(() => SetPaused(true, order.By)),
        RunOrders.Resume => SendAsync(() => SetPaused(false, order.By)),
        RunOrders.Stop => SendAsync(() => RequestStop($"stopped by {order.By}")),
        RunOrders.Step => SendAsync(() => Owe(order.Steps, order.By), awaitsSteps: true),
        RunOrders.Steer => SendAsync(() => Steer(order.Parameters, order.Spike, order.By)),
        _ => Task.FromResult(new RunResult { Error = ErrorCodes.Unavailable.With($"The node that computes the run {Id} does not know how to {order.Kind}.") }),
    };

    private ProtocolError? Owe(int steps, string by)
    {
        SetPaused(true, by);
        _stepsOwed += steps;
        return null;
    }

    private ProtocolError? SetPaused(bool isPaused, string by)
    {
        if (_isPaused == isPaused)
        {
            return null;
        }

        _isPaused = isPaused;
        _stepsOwed = 0;
        _due = _context.Clock.GetUtcNow();
        Volatile.Write(ref _state, isPaused ? RunStates.Paused : RunStates.Running);
        _isRecordDue = true;
        Tell(isPaused ? SimulationTypes.Paused : SimulationTypes.Resumed, by, null);
        return null;
    }

    private ProtocolError? Steer(IReadOnlyDictionary<string, double>? parameters, SpikeInjection? spike, string by)
    {
        if (_events.Count >= MaxEvents)
        {
            return ErrorCodes.RunLimit.With($"The run {Id} was changed {MaxEvents} times, which is as often as its recipe may say.") with
            {
                Retryable = false,
                Details = new ErrorDetails { Limit = $"{MaxEvents} changes per run" },
            };
        }

        if (parameters is not null)
        {
            var problems = new List<ParameterProblem>();
            var changed = _simulator!.Parameters.With(parameters, isSteering: true, problems);
            Plan.Recipe.Model.Check(changed, problems);
            if (problems.Count > 0)
            {
                return Checks.Refusal([.. RunPlanner.ErrorsOf(problems, Spellings)]);
            }
        }

        _simulator!.Steer(new SteeringEvent(_step)
        {
            Parameters = parameters,
            Spike = spike is null ? null : new Spike(spike.X, spike.Y, (float)spike.Amount),
        });
        var record = new SteeringRecord { Step = _step, By = by, At = _context.Clock.GetUtcNow(), Parameters = parameters, Spike = spike };
        lock (_gate)
        {
            _events.Add(record);
            _isRecordDue = true;
        }

        SimulationLog.RunSteered(_context.Logger, Id, _step, by);
        Tell(SimulationTypes.Steered, by, record);
        return null;
    }

    private void Tell(string type, string by, SteeringRecord? change)
    {
        List<RunView> views;
        lock (_gate)
        {
            views = [.. _views.Values.Where(v => v.Viewers > 0 || v.Plan.Name is null)];
        }

        var payload = JsonPayload.From(new RunChange { RunId = Id, Step = _step, By = by, Change = change }, RealtimeJsonContext.Default.RunChange);
        var number = _events.Count;
        views.ForEach(view => _untold.Enqueue((view, type, payload, change is null ? null : EventId(view, type, number))));
        _untoldLog.Enqueue($"{type} after step {_step} by {by}");
    }

    private async Task TellAsync()
    {
        while (_untold.TryDequeue(out var told))
        {
            await AppendAsync(told.View, told.Type, told.Payload, isState: false, eventId: told.EventId);
        }

        while (_untoldLog.TryDequeue(out var line))
        {
            await TellAsJobAsync(jobs => jobs.LogAsync(Id, Owner, line));
        }
    }

    private Task TellEndAsJobAsync(string state, string? reason, string checksum) => TellAsJobAsync(jobs => state switch
    {
        RunStates.Completed => jobs.CompletedAsync(Id, Owner, checksum, _step),
        RunStates.Stopped => jobs.CancelledAsync(Id, Owner, reason!),
        _ => jobs.FailedAsync(Id, Owner, reason!),
    });

    private Task TellAsJobAsync(Func<RunJobs, Task> tell) => Plan.IsListed ? tell(_context.Jobs) : Task.CompletedTask;
}
