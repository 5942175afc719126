using System.CommandLine;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub jobs watch</c>: the states of all jobs as they change, over reconnects, until interrupted.</summary>
internal sealed class JobsWatchCommand
{
    private readonly Option<int?> _last = new("--last") { HelpName = "N", Description = "Start with the last N changes." };

    public static Command Create(CommandRunner runner)
    {
        var watch = new JobsWatchCommand();
        var command = new Command("watch", "Show the states of all jobs as they change.") { watch._last };
        runner.Attach(command, watch.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var writer = new ItemWriter(context.Out, JobStateLine.Of);
        ConnectionWriter.Attach(context.Client.Jobs, context.Out);
        try
        {
            var isEnded = false;
            var request = new SubscribeJobsRequest { Last = context.Parsed.GetValue(_last) };
            await foreach (var item in context.Client.Jobs.TailAsync(request, null, cancellationToken).ConfigureAwait(false))
            {
                writer.Write(item);
                isEnded = item.Kind == StreamItemKinds.End;
            }

            return isEnded ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
    }
}
