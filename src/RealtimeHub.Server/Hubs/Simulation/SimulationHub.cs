using System.Runtime.CompilerServices;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Server.Auth;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Simulations: streams that equal requests share, and runs of one's own that can be steered.</summary>
internal sealed class SimulationHub(SubscriptionService subscriptions, StreamService streams, SimulationRuns runs, TimeProvider clock)
    : ChannelHub<ISimulationClient>(subscriptions, clock), ISimulationHub
{
    private const int MaxSteps = 1_000_000;
    private const int MaxStepsAtOnce = 1_000;
    private const int MaxIntervalSteps = 100;
    private const int DefaultList = 100;
    private const int MaxList = 1_000;
    private const double MaxSpike = 1.0;

    private static readonly string[] Starts = ["live", "history", "snapshot"];

    [RequiresScope(Scopes.SimulationRead)]
    public IAsyncEnumerable<StreamItem> StreamFeatures(StreamFeaturesRequest request, CancellationToken cancellationToken) =>
        ShareAsync(request, SimulationTypes.FeatureUpdate, cancellationToken);

    [RequiresScope(Scopes.SimulationRead)]
    public IAsyncEnumerable<StreamItem> StreamSimulation(StreamSimulationRequest request, CancellationToken cancellationToken) =>
        ShareAsync(request, SimulationTypes.State, cancellationToken);

    [RequiresScope(Scopes.SimulationRead)]
    public async IAsyncEnumerable<StreamItem> JoinRun(JoinRunRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Find(request.RunId, out var run) is { } missing)
        {
            yield return StreamService.Refused(missing);
            yield break;
        }

        var errors = new List<FieldError>();
        var start = Checks.OneOf("start", request.Start, "live", Starts, errors);
        var viewPlan = ViewPlanner.Plan(request, SimulationTypes.State, run!.Plan.Recipe, run.Plan.Every, errors);
        var plan = SubscribePlanner.Plan(request, SimulationFamily.ChannelOf(run.Id, viewPlan.Name), errors);
        plan = ViewPlanner.Pace(request, plan, 0, start == "history" ? StartPoint.Oldest : StartPoint.Live, errors);
        if (errors.Count > 0)
        {
            yield return StreamService.Refused(Checks.Refusal(errors));
            yield break;
        }

        if (run.Join(viewPlan, out var refusal) is not { } view)
        {
            yield return StreamService.Refused(refusal!);
            yield break;
        }

        try
        {
            // A run before its first step has no state that one could wait for.
            if (view.IsLate || (start == "snapshot" && view.NeedsSnapshot))
            {
                await view.Ready.WaitAsync(cancellationToken);
            }

            plan = plan with { Channel = view.Channel, Id = request.Id ?? view.Channel.Value, Start = StartOf(plan.Start, start, run, view) };

            await foreach (var item in streams.StreamAsync(Context, plan, cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            runs.Leave(run, view, Context.ConnectionAborted.IsCancellationRequested);
        }
    }

    // Live would be after the end of a run that has ended: that is replayed.
    private static StartPoint StartOf(StartPoint asked, string start, SimulationRun run, RunView view) => start switch
    {
        "snapshot" => view.BeforeNewest is { } before ? new StartPoint(before) : StartPoint.Oldest,
        _ => asked == StartPoint.Live && run.HasEnded ? StartPoint.Oldest : asked,
    };

    [RequiresScope(Scopes.SimulationRun)]
    public Task<RunResult> StartRun(StartRunRequest request)
    {
        var errors = new List<FieldError>(request.BindingErrors ?? []);
        var plan = RunPlanner.Plan(request, null, MaxSteps, errors) with
        {
            StartsPaused = request.StartPaused == true,
            IsListed = request.Unlisted != true,
            Every = Checks.InRange("update_interval_steps", request.UpdateIntervalSteps, 1, 1, MaxIntervalSteps, errors),
        };
        return Task.FromResult(errors.Count > 0 ? new RunResult { Error = Checks.Refusal(errors) } : runs.Start(Principal, plan));
    }

    [RequiresScope(Scopes.SimulationRead)]
    public Task<ListRunsResult> ListRuns(ListRunsRequest request)
    {
        var errors = new List<FieldError>(request.BindingErrors ?? []);
        var limit = Checks.InRange("limit", request.Limit, DefaultList, 1, MaxList, errors);
        if (request.State is { } state)
        {
            Checks.OneOf("state", state, RunStates.Running, RunStates.All, errors);
        }

        if (errors.Count > 0)
        {
            return Task.FromResult(new ListRunsResult { Error = Checks.Refusal(errors) });
        }

        if (request.RunId is null)
        {
            return Task.FromResult(new ListRunsResult { Runs = runs.List(request.State, limit) });
        }

        return Task.FromResult(Find(request.RunId, out var run) is { } missing
            ? new ListRunsResult { Error = missing }
            : new ListRunsResult { Runs = [run!.Status(withRecipe: true)] });
    }

    [RequiresScope(Scopes.SimulationRead)]
    [AppliesPolicy(typeof(SteerPolicy))]
    public Task<RunResult> PauseRun(RunRequest request) => SteerAsync(request, [], run => run.DoAsync(new RunOrder(RunOrders.Pause, Principal.Id)));

    [RequiresScope(Scopes.SimulationRead)]
    [AppliesPolicy(typeof(SteerPolicy))]
    public Task<RunResult> ResumeRun(RunRequest request) => SteerAsync(request, [], run => run.DoAsync(new RunOrder(RunOrders.Resume, Principal.Id)));

    [RequiresScope(Scopes.SimulationRead)]
    [AppliesPolicy(typeof(SteerPolicy))]
    public Task<RunResult> StopRun(RunRequest request) => SteerAsync(request, [], run => run.DoAsync(new RunOrder(RunOrders.Stop, Principal.Id)));

    [RequiresScope(Scopes.SimulationRead)]
    [AppliesPolicy(typeof(SteerPolicy))]
    public Task<RunResult> StepRun(StepRunRequest request)
    {
        var errors = new List<FieldError>();
        var steps = Checks.InRange("steps", request.Steps, 1, 1, MaxStepsAtOnce, errors);
        return SteerAsync(request, errors, run => run.DoAsync(new RunOrder(RunOrders.Step, Principal.Id) { Steps = steps }));
    }

    [RequiresScope(Scopes.SimulationRead)]
    [AppliesPolicy(typeof(SteerPolicy))]
    public Task<RunResult> SteerRun(SteerRunRequest request)
    {
        var errors = new List<FieldError>();
        var parameters = new Dictionary<string, double>(request.Parameters ?? new Dictionary<string, double>());
        foreach (var (name, value) in new[] { ("feed", request.Feed), ("kill", request.Kill), ("alpha", request.Alpha), ("turing_threshold", request.Threshold) })
        {
            if (value is { } given && !parameters.TryAdd(name, given))
            {
                errors.Add(new FieldError(name, $"{name} is given twice.", null, "once, as a member or in parameters"));
            }
        }

        if (parameters.Count == 0 && request.Spike is null)
        {
            errors.Add(new FieldError("parameters", "Nothing is to be changed.", null, "feed, kill, alpha, threshold, parameters or spike"));
        }

        return SteerAsync(request, errors, run =>
        {
            if (request.Spike is { } spike)
            {
                var last = run.Plan.Recipe.GridSize - 1;
                Checks.InRange("spike.x", (int?)spike.X, 0, 0, last, errors);
                Checks.InRange("spike.y", (int?)spike.Y, 0, 0, last, errors);
                Checks.InRange("spike.amount", (double?)spike.Amount, 0.0, -MaxSpike, MaxSpike, errors);
            }

            return errors.Count > 0
                ? Task.FromResult(new RunResult { Error = Checks.Refusal(errors) })
                : run.DoAsync(new RunOrder(RunOrders.Steer, Principal.Id) { Parameters = parameters.Count == 0 ? null : parameters, Spike = request.Spike });
        });
    }

    private async IAsyncEnumerable<StreamItem> ShareAsync(
        SimulationRequest request, string kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var errors = new List<FieldError>();
        var share = SharePlan.Of(request, kind, StartPoint.Oldest, errors);
        if (errors.Count > 0)
        {
            yield return StreamService.Refused(Checks.Refusal(errors));
            yield break;
        }

        if (runs.Share(Principal, share.Run, share.View, out var run, out var view, share.Subscribe.Start.From?.Epoch) is { } refusal)
        {
            yield return StreamService.Refused(refusal);
            yield break;
        }

        try
        {
            await foreach (var item in streams.StreamAsync(Context, share.For(view!, request.Id), cancellationToken))
            {
                yield return item;
            }
        }
        finally
        {
            runs.Leave(run!, view!, Context.ConnectionAborted.IsCancellationRequested);
        }
    }

    private Task<RunResult> SteerAsync(RunRequest request, List<FieldError> errors, Func<SimulationRun, Task<RunResult>> act)
    {
        errors.InsertRange(0, request.BindingErrors ?? []);
        if (errors.Count > 0)
        {
            return Task.FromResult(new RunResult { Error = Checks.Refusal(errors) });
        }

        if (Find(request.RunId, out var run) is { } missing)
        {
            return Task.FromResult(new RunResult { Error = missing });
        }

        return act(run!);
    }

    private ProtocolError? Find(string? runId, out SimulationRun? run)
    {
        run = null;
        if (string.IsNullOrWhiteSpace(runId))
        {
            return Missing("run_id", "The run_id is missing.");
        }

        run = runs.Find(runId.Trim());
        return run is null ? ErrorCodes.RunNotFound.With($"There is no run {FieldError.Preview(runId)}, or it is forgotten.") : null;
    }
}
