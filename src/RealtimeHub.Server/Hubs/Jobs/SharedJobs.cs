using RealtimeHub.Engine.Channels;
using RealtimeHub.Engine.Nodes;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.Hubs.Jobs;

/// <summary>Tells the table of jobs what other nodes know: the channel <c>jobs</c> says it to everybody.</summary>
internal sealed class SharedJobs(NodeLogs logs, JobTable jobs) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!logs.AreShared)
        {
            return;
        }

        try
        {
            await logs.HearAsync(
                JobsFamily.AllChannel,
                StartPoint.Oldest,
                status =>
                {
                    jobs.Learn(status.To(RealtimeJsonContext.Default.JobStatus)!);
                    return ValueTask.CompletedTask;
                },
                null,
                null,
                stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
