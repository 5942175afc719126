using RealtimeHub.Engine.Nodes;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>Keeps the runs of this node in step with those of the others, and goes on with those whose node is gone.</summary>
internal sealed class SharedRunsService(SimulationRuns runs, RunNodes nodes, NodeDirectory directory, TimeProvider clock) : BackgroundService
{
    private const int LooksPerLease = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!nodes.AreShared)
        {
            return;
        }

        directory.Gone += runs.NodeGone;
        try
        {
            await Task.WhenAll(nodes.HearAsync(runs.Heard, runs.TellAgain, stoppingToken), nodes.TellWaitingAsync(stoppingToken), LookAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; its runs go on elsewhere.
        }
        finally
        {
            directory.Gone -= runs.NodeGone;
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        // What was told before this node started is heard first: a run may have ended since.
        await Task.Delay(nodes.LeaseTime, clock, stoppingToken);
        using var timer = new PeriodicTimer(nodes.LeaseTime / LooksPerLease, clock);
        do
        {
            await runs.TakeOverAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
