using System.CommandLine;
using RealtimeHub.Cli.Simulation;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub sim watch</c>: watches a run that is at work.</summary>
internal sealed class SimWatchCommand
{
    private readonly Argument<string> _run = new("run") { Description = "The run." };
    private readonly Option<string?> _start = new("--from") { Description = "Where to start. Default: snapshot." };
    private readonly Option<string?> _feature = new("--feature") { HelpName = "NAME", Description = "The feature to draw. Default: the first." };
    private readonly Option<int?> _interval = new("--interval") { HelpName = "MS", Description = "The least time between two frames, 10 to 10000." };

    public static Command Create(CommandRunner runner)
    {
        var watch = new SimWatchCommand();
        watch._start.AcceptOnlyFromAmong("live", "history", "snapshot");
        var command = new Command("watch", "Watch a run. Interrupting leaves it at work.") { watch._run, watch._start, watch._feature, watch._interval };
        runner.Attach(command, watch.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new JoinRunRequest
        {
            RunId = context.Parsed.GetRequiredValue(_run),
            Start = context.Parsed.GetValue(_start) ?? "snapshot",
            UpdateIntervalMs = context.Parsed.GetValue(_interval),
        };
        var watch = new RunWatch(context, context.Parsed.GetValue(_feature), keepsAll: false);
        try
        {
            var code = await watch.FollowAsync(context.Client.Simulation.JoinRunAsync(request, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (watch.Complete is { } complete)
            {
                CompleteWriter.Write(context.Out, complete);
            }

            return code;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
    }
}
