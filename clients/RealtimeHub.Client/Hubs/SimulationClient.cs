using RealtimeHub.Client.Accounting;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Streams;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Hubs;

/// <summary>Simulations: streams that equal requests share, and runs that can be steered, <c>/hubs/simulation</c>.</summary>
/// <remarks>Thread-safe. Each stream has a connection of its own, so a slow reader holds up nothing else.</remarks>
public sealed class SimulationClient : HubClient
{
    private readonly RealtimeClientOptions _options;

    internal SimulationClient(RealtimeClientOptions options)
        : base(options, HubPaths.Simulation, nameof(ISimulationClient.Simulation)) => _options = options;

    /// <summary>The channel of a run's states.</summary>
    public static string ChannelOf(string runId) => $"simulation:{runId}";

    /// <summary>Streams the features of a run that all who ask for the same share. The last item is <c>end</c> or <c>error</c>.</summary>
    /// <param name="request">The run, and how to see it.</param>
    /// <param name="coverage">Books to keep, to look into them. Default: the stream's own.</param>
    /// <param name="cancellationToken">Ends the stream, and the run if nobody else watches.</param>
    /// <exception cref="RealtimeConnectionException">The first attempt to connect failed, or the server ended the connection for good.</exception>
    public IAsyncEnumerable<StreamItem> StreamFeaturesAsync(
        StreamFeaturesRequest request, Coverage? coverage = null, CancellationToken cancellationToken = default) =>
        StreamAsync(nameof(ISimulationHub.StreamFeatures), request, coverage, cancellationToken);

    /// <summary>Streams the state of a run that all who ask for the same share, from its first step on. The last item is <c>end</c> or <c>error</c>.</summary>
    /// <param name="request">The run, and how to see it.</param>
    /// <param name="coverage">Books to keep, to look into them. Default: the stream's own.</param>
    /// <param name="cancellationToken">Ends the stream, and the run if nobody else watches.</param>
    /// <exception cref="RealtimeConnectionException">The first attempt to connect failed, or the server ended the connection for good.</exception>
    public IAsyncEnumerable<StreamItem> StreamSimulationAsync(
        StreamSimulationRequest request, Coverage? coverage = null, CancellationToken cancellationToken = default) =>
        StreamAsync(nameof(ISimulationHub.StreamSimulation), request, coverage, cancellationToken);

    /// <summary>Streams a run that is known by its id. The last item is <c>end</c> or <c>error</c>.</summary>
    /// <param name="request">The run, how to see it, and where to start.</param>
    /// <param name="coverage">Books to keep, to look into them. Default: the stream's own.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="RealtimeConnectionException">The first attempt to connect failed, or the server ended the connection for good.</exception>
    public IAsyncEnumerable<StreamItem> JoinRunAsync(
        JoinRunRequest request, Coverage? coverage = null, CancellationToken cancellationToken = default) =>
        StreamAsync(nameof(ISimulationHub.JoinRun), request, coverage, cancellationToken);

    /// <summary>Starts a run of the caller's own.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public Task<RunStatus> StartRunAsync(StartRunRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(ISimulationHub.StartRun), request, cancellationToken);

    /// <summary>Lets a run stand still.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public Task<RunStatus> PauseRunAsync(string runId, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(ISimulationHub.PauseRun), new RunRequest { RunId = runId }, cancellationToken);

    /// <summary>Lets a run go on.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public Task<RunStatus> ResumeRunAsync(string runId, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(ISimulationHub.ResumeRun), new RunRequest { RunId = runId }, cancellationToken);

    /// <summary>Computes some steps of a run and leaves it paused.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public Task<RunStatus> StepRunAsync(string runId, int steps = 1, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(ISimulationHub.StepRun), new StepRunRequest { RunId = runId, Steps = steps }, cancellationToken);

    /// <summary>Changes a run before its next step.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public Task<RunStatus> SteerRunAsync(SteerRunRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(ISimulationHub.SteerRun), request, cancellationToken);

    /// <summary>Ends a run.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public Task<RunStatus> StopRunAsync(string runId, CancellationToken cancellationToken = default) =>
        CallAsync(nameof(ISimulationHub.StopRun), new RunRequest { RunId = runId }, cancellationToken);

    /// <summary>Lists the runs that the server knows, newest first.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task<IReadOnlyList<RunStatus>> ListRunsAsync(ListRunsRequest request, CancellationToken cancellationToken = default)
    {
        var result = await Link
            .InvokeAsync<ListRunsResult>(nameof(ISimulationHub.ListRuns), [request], cancellationToken)
            .ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
        return result.Runs;
    }

    /// <summary>One run with its recipe.</summary>
    /// <exception cref="ProtocolErrorException">There is no such run, or the server refuses.</exception>
    public async Task<RunStatus> DescribeRunAsync(string runId, CancellationToken cancellationToken = default) =>
        (await ListRunsAsync(new ListRunsRequest { RunId = runId }, cancellationToken).ConfigureAwait(false))[0];

    private async Task<RunStatus> CallAsync(string method, HubRequest request, CancellationToken cancellationToken)
    {
        var result = await Link.InvokeAsync<RunResult>(method, [request], cancellationToken).ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
        return result.Run!;
    }

    private IAsyncEnumerable<StreamItem> StreamAsync(string method, SubscribeRequest request, Coverage? coverage, CancellationToken cancellationToken) =>
        new ChannelStream(OpenLink, _options, method, request, coverage ?? new Coverage()).ReadAsync(cancellationToken);

    private HubLink OpenLink()
    {
        var link = new HubLink(_options, HubPaths.Simulation, nameof(ISimulationClient.Simulation));
        ListenTo(link);
        return link;
    }
}
