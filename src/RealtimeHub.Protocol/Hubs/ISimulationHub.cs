using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>The simulation hub, <c>/hubs/simulation</c>.</summary>
public interface ISimulationHub : IRealtimeHub
{
    /// <summary>Streams the features of a run that all who ask for the same share.</summary>
    IAsyncEnumerable<StreamItem> StreamFeatures(StreamFeaturesRequest request, CancellationToken cancellationToken);

    /// <summary>Streams the state of a run that all who ask for the same share, from its first step on.</summary>
    IAsyncEnumerable<StreamItem> StreamSimulation(StreamSimulationRequest request, CancellationToken cancellationToken);

    /// <summary>Streams a run that is known by its id.</summary>
    IAsyncEnumerable<StreamItem> JoinRun(JoinRunRequest request, CancellationToken cancellationToken);

    /// <summary>Starts a run of the caller's own.</summary>
    Task<RunResult> StartRun(StartRunRequest request);

    /// <summary>Lists runs.</summary>
    Task<ListRunsResult> ListRuns(ListRunsRequest request);

    /// <summary>Lets a run stand still.</summary>
    Task<RunResult> PauseRun(RunRequest request);

    /// <summary>Lets a run go on.</summary>
    Task<RunResult> ResumeRun(RunRequest request);

    /// <summary>Computes some steps of a run and leaves it paused.</summary>
    Task<RunResult> StepRun(StepRunRequest request);

    /// <summary>Changes a run before its next step.</summary>
    Task<RunResult> SteerRun(SteerRunRequest request);

    /// <summary>Ends a run.</summary>
    Task<RunResult> StopRun(RunRequest request);
}
