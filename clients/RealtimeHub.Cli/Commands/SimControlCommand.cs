using System.CommandLine;
using RealtimeHub.Client.Hubs;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub sim pause</c>, <c>resume</c> and <c>stop</c>.</summary>
internal static class SimControlCommand
{
    public static Command Create(
        CommandRunner runner, string name, string description, Func<SimulationClient, string, CancellationToken, Task<RunStatus>> act)
    {
        var id = new Argument<string>("run") { Description = "The run." };
        var command = new Command(name, description) { id };
        runner.Attach(command, async (context, cancellationToken) =>
        {
            Write(context, await act(context.Client.Simulation, context.Parsed.GetRequiredValue(id), cancellationToken).ConfigureAwait(false));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Writes how a run stands.</summary>
    public static void Write(CommandContext context, RunStatus run)
    {
        if (context.Out.IsJson)
        {
            context.Out.Json(run);
        }
        else
        {
            context.Out.Raw($"{run.RunId}: {run.State}, step {run.Step}{(run.TotalSteps is { } total ? $" of {total}" : "")}\n");
        }
    }
}
