using System.Threading.Channels;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>One simulation at work: its loop computes it once, whoever watches. Thread-safe.</summary>
internal sealed partial class SimulationRun
{
    private const int MaxCommands = 64;

    private readonly RunContext _context;
    private readonly Lock _gate = new();
    private readonly List<SteeringRecord> _events = [];
    private readonly Channel<RunCommand> _commands = Channel.CreateBounded<RunCommand>(new BoundedChannelOptions(MaxCommands));
    private readonly TuringReport? _turing;
    private string _state;
    private string? _reason;
    private long _step;
    private DateTimeOffset? _endedAt;
    private DateTimeOffset _lastWatched;

    public SimulationRun(string id, string owner, bool isShared, RunPlan plan, RunContext context, DateTimeOffset? startedAt = null)
    {
        Id = id;
        Owner = owner;
        IsShared = isShared;
        Plan = plan;
        _context = context;
        _turing = plan.Recipe.Model.Analyse(plan.Recipe.Parameters, plan.Recipe.GridSize);
        _isPaused = plan.StartsPaused;
        _state = _isPaused ? RunStates.Paused : RunStates.Running;
        StartedAt = startedAt ?? context.Clock.GetUtcNow();
        _isHere = startedAt is null;
        _lastWatched = StartedAt;
        if (!isShared)
        {
            _views[""] = new RunView(ViewPlanner.Base(plan.Every), SimulationFamily.ChannelOf(id));
        }
    }

    public string Id { get; }

    public string Owner { get; }

    /// <summary>Whether it belongs to all who ask for the same.</summary>
    public bool IsShared { get; }

    public RunPlan Plan { get; }

    public DateTimeOffset StartedAt { get; }

    public string State => Volatile.Read(ref _state);

    public bool HasEnded => RunStates.IsFinal(State);

    /// <summary>Lets the loop do something between two steps.</summary>
    private async Task<RunResult> SendAsync(Func<ProtocolError?> action, bool awaitsSteps = false)
    {
        if (HasEnded)
        {
            return new RunResult { Error = Finished() };
        }

        var command = new RunCommand(action, new TaskCompletionSource<ProtocolError?>(TaskCreationOptions.RunContinuationsAsynchronously)) { AwaitsSteps = awaitsSteps };
        if (!_commands.Writer.TryWrite(command))
        {
            return new RunResult
            {
                Error = HasEnded || _commands.Reader.Completion.IsCompleted
                    ? Finished()
                    : ErrorCodes.RateLimit.With($"{MaxCommands} commands to the run {Id} are waiting already."),
            };
        }

        if (!_isHere)
        {
            RefuseCommands(ElsewhereNow());
        }

        var refusal = await command.Done.Task;
        return refusal is null ? new RunResult { Run = Status(withRecipe: false) } : new RunResult { Error = refusal };
    }

    /// <summary>Ends the run before its next step.</summary>
    public void Stop(string reason) =>
        _commands.Writer.TryWrite(new RunCommand(() => RequestStop(reason), new TaskCompletionSource<ProtocolError?>()));

    public RunStatus Status(bool withRecipe)
    {
        lock (_gate)
        {
            return new RunStatus
            {
                RunId = Id,
                Channel = SimulationFamily.ChannelOf(Id).Value,
                JobId = Id,
                State = State,
                Model = Plan.Recipe.Model.Name,
                Owner = IsShared ? null : Owner,
                Shared = IsShared,
                GridSize = Plan.Recipe.GridSize,
                Seed = (long)Plan.Recipe.Seed,
                Step = _step,
                TotalSteps = Plan.Steps,
                Progress = 100.0 * _step / Plan.Steps,
                StepsPerSecond = Plan.StepsPerSecond,
                Viewers = _isHere ? _views.Values.Sum(v => v.Viewers) : _viewersElsewhere,
                StartedAt = StartedAt,
                EndedAt = _endedAt,
                Reason = _reason,
                Turing = _turing is null ? null : TuringOf(_turing),
                Recipe = withRecipe ? Recipe() : null,
            };
        }
    }

    private static TuringStatement TuringOf(TuringReport report) => new()
    {
        Fulfilled = report.IsFulfilled,
        Conditions = report.Conditions.ToDictionary(c => c.Name, c => c.Value),
        GrowthPerStep = report.GrowthPerStep,
        PredictedWavelength = report.Wavelength,
    };

    // Called under the gate, or by the loop, which alone adds events.
    private RunRecipe Recipe() => new()
    {
        Model = Plan.Recipe.Model.Name,
        ModelVersion = Plan.Recipe.Model.Version,
        Seed = (long)Plan.Recipe.Seed,
        GridSize = Plan.Recipe.GridSize,
        Edges = RunPlanner.NameOf(Plan.Recipe.Edges),
        Steps = Plan.Steps,
        Parameters = Plan.Recipe.Parameters.All.ToDictionary(p => p.Key, p => p.Value),
        Events = [.. _events],
    };

    private void RefuseCommands(ProtocolError why)
    {
        while (_commands.Reader.TryRead(out var command))
        {
            command.Done.TrySetResult(why);
        }
    }

    private ProtocolError Finished() => ErrorCodes.RunFinished.With($"The run {Id} has ended.");

    private void Wake()
    {
        if (_isHere)
        {
            _commands.Writer.TryWrite(new RunCommand(() => null, new TaskCompletionSource<ProtocolError?>()));
        }
    }
}
