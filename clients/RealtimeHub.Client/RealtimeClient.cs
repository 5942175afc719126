using RealtimeHub.Client.Account;
using RealtimeHub.Client.Channels;
using RealtimeHub.Client.Hubs;

namespace RealtimeHub.Client;

/// <summary>A RealtimeHub server: one typed client per hub, and the HTTP API of its channels.</summary>
/// <remarks>Thread-safe. Nothing is connected before the first call; each hub has its own connection.</remarks>
public sealed class RealtimeClient : IAsyncDisposable
{
    /// <summary>Makes a client.</summary>
    /// <param name="options">Where the server is, and who is asking.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public RealtimeClient(RealtimeClientOptions options)
    {
        var validated = options.Validated();
        Events = new EventsClient(validated);
        System = new SystemClient(validated);
        Jobs = new JobsClient(validated);
        Climate = new ClimateClient(validated);
        Simulation = new SimulationClient(validated);
        Workspace = new WorkspaceClient(validated);
        Channels = new ChannelsClient(validated);
        Account = new AccountClient(validated);
        Records = new RecordsClient(validated);
    }

    /// <summary>Security events, alerts, detections and camera states.</summary>
    public EventsClient Events { get; }

    /// <summary>The status of the server and of registered services.</summary>
    public SystemClient System { get; }

    /// <summary>Jobs, their logs, and publishing both.</summary>
    public JobsClient Jobs { get; }

    /// <summary>Climate fields, hazard drivers, explanations and map tiles.</summary>
    public ClimateClient Climate { get; }

    /// <summary>Simulations, shared and steered.</summary>
    public SimulationClient Simulation { get; }

    /// <summary>Specs, agents and teams, and who is there.</summary>
    public WorkspaceClient Workspace { get; }

    /// <summary>Channels over HTTP: publishing, listing, history.</summary>
    public ChannelsClient Channels { get; }

    /// <summary>Who the caller is, sessions and tickets.</summary>
    public AccountClient Account { get; }

    /// <summary>Lineage, catalogue and audit over HTTP.</summary>
    public RecordsClient Records { get; }

    /// <summary>Closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync().ConfigureAwait(false);
        await System.DisposeAsync().ConfigureAwait(false);
        await Jobs.DisposeAsync().ConfigureAwait(false);
        await Climate.DisposeAsync().ConfigureAwait(false);
        await Simulation.DisposeAsync().ConfigureAwait(false);
        await Workspace.DisposeAsync().ConfigureAwait(false);
        Channels.Dispose();
        Account.Dispose();
        Records.Dispose();
    }
}
