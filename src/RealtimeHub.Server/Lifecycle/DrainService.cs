using Microsoft.Extensions.Options;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Connections;

namespace RealtimeHub.Server.Lifecycle;

/// <summary>Lets the server go without losing what it has accepted: no newcomers, then every client is given what waits for it and told when to come back.</summary>
/// <remarks>Thread-safe. Its times are of the machine's own clock: a stop has to come to its end whatever the application's clock does.</remarks>
internal sealed class DrainService(
    DrainState state, LiveConnections connections, IOptions<DrainOptions> options, ILogger<DrainService> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly TimeProvider _machine = TimeProvider.System;
    private Task? _draining;

    /// <summary>Drains once; whoever asks again waits for the same.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            return _draining ??= Task.Run(RunAsync);
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => DrainAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAsync()
    {
        var begun = _machine.GetTimestamp();
        state.Begin();
        LifecycleLog.DrainBegun(logger, connections.Count);
        if (connections.Count > 0)
        {
            await Task.Delay(options.Value.Delay, _machine);
        }

        state.Close();
        while (connections.Count > 0 && _machine.GetElapsedTime(begun) < options.Value.HardStop)
        {
            // Streams are read by their clients, so only subscriptions can be waited for by the pump itself.
            foreach (var connection in connections.All)
            {
                if (connection.Context.Features.IsCaughtUp())
                {
                    SayGoodbye(connection);
                }
            }

            await Task.Delay(LookAgain, _machine);
        }

        foreach (var connection in connections.All)
        {
            connection.Context.Abort();
        }

        LifecycleLog.DrainEnded(logger, _machine.GetElapsedTime(begun).TotalSeconds);
    }

    private void SayGoodbye(LiveConnection connection)
    {
        var retryAfter = (long)(Random.Shared.NextDouble() * options.Value.Spread.TotalMilliseconds);
        if (connection.Context.Features.TryClose(CloseReasons.ServerShutdown, "The server is stopping.", retryAfter, isPatient: true))
        {
            return;
        }

        if (connection.Context is RequestConnection request)
        {
            request.End();
        }
        else
        {
            connection.Context.Abort();
        }
    }
}
