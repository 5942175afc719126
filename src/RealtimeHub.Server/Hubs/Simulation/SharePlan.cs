using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>A request for a run that equal requests share: the run, the view of it, and how that is read.</summary>
/// <param name="Run">The run.</param>
/// <param name="View">The view.</param>
/// <param name="Subscribe">How it is read; the channel is known once there is a run.</param>
internal sealed record SharePlan(RunPlan Run, ViewPlan View, SubscribePlan Subscribe)
{
    private const int DefaultSteps = 64;
    private const int MaxStreamedSteps = 1_000;
    private const int DefaultFeatureIntervalMs = 100;

    /// <summary>Validates a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The type of the frames: features without an end, or states of so many steps.</param>
    /// <param name="start">Where a late comer starts that does not say.</param>
    /// <param name="errors">Gets one entry per bad member.</param>
    public static SharePlan Of(SimulationRequest request, string kind, StartPoint start, List<FieldError> errors)
    {
        var isFeatures = kind == SimulationTypes.FeatureUpdate;
        var run = RunPlanner.Plan(request, isFeatures ? null : DefaultSteps, MaxStreamedSteps, errors);
        var view = ViewPlanner.Plan(request, kind, run.Recipe, 1, errors);

        // Until there is a run any name of the family stands for its channel.
        var plan = SubscribePlanner.Plan(request, SimulationFamily.ChannelOf("run"), errors);
        return new SharePlan(run, view, ViewPlanner.Pace(request, plan, isFeatures ? DefaultFeatureIntervalMs : 0, start, errors));
    }

    /// <summary>How a view that was found or started is read.</summary>
    public SubscribePlan For(RunView view, string? id) => Subscribe with { Channel = view.Channel, Id = id ?? view.Channel.Value };
}
