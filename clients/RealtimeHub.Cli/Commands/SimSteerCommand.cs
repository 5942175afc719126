using System.CommandLine;
using RealtimeHub.Cli.Simulation;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub sim steer</c>: changes a run while it is at work.</summary>
internal sealed class SimSteerCommand
{
    private readonly Argument<string> _run = new("run") { Description = "The run." };
    private readonly Option<double?> _feed = new("--feed") { HelpName = "X", Description = "The feed of gray-scott." };
    private readonly Option<double?> _kill = new("--kill") { HelpName = "X", Description = "The kill of gray-scott." };
    private readonly Option<double?> _alpha = new("--alpha") { HelpName = "X", Description = "How fast the potential diffuses." };
    private readonly Option<double?> _threshold = new("--threshold") { HelpName = "X", Description = "The threshold of the activator." };
    private readonly Option<double[]> _spike = new("--spike")
    {
        HelpName = "X Y [AMOUNT]",
        Description = "Inject a spike.",
        AllowMultipleArgumentsPerToken = true,
        Arity = new ArgumentArity(0, 3),
    };

    private readonly Option<IReadOnlyList<KeyValuePair<string, double>>> _parameters = RunOptions.Values(
        "--param", "Any parameter that can be steered; may be given several times.");

    public static Command Create(CommandRunner runner)
    {
        var steer = new SimSteerCommand();
        var command = new Command("steer", "Change a run before its next step.")
        {
            steer._run, steer._feed, steer._kill, steer._alpha, steer._threshold, steer._spike, steer._parameters,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(steer._spike) is { Length: 1 })
            {
                result.AddError("--spike needs a column and a row: --spike 10 20 0.02.");
            }
        });
        runner.Attach(command, steer.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var parsed = context.Parsed;
        var spike = parsed.GetValue(_spike) is { Length: >= 2 } values
            ? new SpikeInjection { X = (int)values[0], Y = (int)values[1], Amount = values.Length > 2 ? values[2] : new SpikeInjection().Amount }
            : null;
        var request = new SteerRunRequest
        {
            RunId = parsed.GetRequiredValue(_run),
            Feed = parsed.GetValue(_feed),
            Kill = parsed.GetValue(_kill),
            Alpha = parsed.GetValue(_alpha),
            Threshold = parsed.GetValue(_threshold),
            Spike = spike,
            Parameters = parsed.GetValue(_parameters) is { Count: > 0 } given ? given.ToDictionary(p => p.Key, p => p.Value) : null,
        };
        var run = await context.Client.Simulation.SteerRunAsync(request, cancellationToken).ConfigureAwait(false);
        SimControlCommand.Write(context, run);
        return ExitCodes.Done;
    }
}
