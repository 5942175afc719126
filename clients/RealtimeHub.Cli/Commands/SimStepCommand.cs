using System.CommandLine;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub sim step</c>.</summary>
internal static class SimStepCommand
{
    public static Command Create(CommandRunner runner)
    {
        var id = new Argument<string>("run") { Description = "The run." };
        var steps = new Argument<int>("steps") { Description = "How many steps.", DefaultValueFactory = _ => 1 };
        var command = new Command("step", "Compute some steps of a run and leave it paused.") { id, steps };
        runner.Attach(command, async (context, cancellationToken) =>
        {
            var (run, count) = (context.Parsed.GetRequiredValue(id), context.Parsed.GetValue(steps));
            SimControlCommand.Write(context, await context.Client.Simulation.StepRunAsync(run, count, cancellationToken).ConfigureAwait(false));
            return ExitCodes.Done;
        });
        return command;
    }
}
