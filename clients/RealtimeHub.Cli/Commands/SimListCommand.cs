using System.CommandLine;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub sim list</c>.</summary>
internal sealed class SimListCommand
{
    private readonly Option<string?> _state = new("--state") { Description = "Only runs in this state." };
    private readonly Option<int?> _limit = new("--limit") { HelpName = "N", Description = "At most this many. Default: 100." };

    public static Command Create(CommandRunner runner)
    {
        var list = new SimListCommand();
        list._state.AcceptOnlyFromAmong([.. RunStates.All]);
        var command = new Command("list", "List the runs that the server knows, newest first.") { list._state, list._limit };
        runner.Attach(command, list.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new ListRunsRequest { State = context.Parsed.GetValue(_state), Limit = context.Parsed.GetValue(_limit) };
        var runs = await context.Client.Simulation.ListRunsAsync(request, cancellationToken).ConfigureAwait(false);
        if (context.Out.IsJson)
        {
            foreach (var run in runs)
            {
                context.Out.Json(run);
            }

            return ExitCodes.Done;
        }

        context.Out.Data(DataTable.Of(
            ["run", "model", "state", "grid", "step", "rate", "viewers", "owner", "started"],
            runs.Select(r => new[]
            {
                r.RunId, r.Model, r.State, $"{r.GridSize}", r.TotalSteps is { } total ? $"{r.Step}/{total}" : $"{r.Step}", $"{r.StepsPerSecond:0.#}/s", $"{r.Viewers}",
                r.Shared ? "shared" : r.Owner ?? "-", UtcTimestampConverter.ToText(r.StartedAt),
            })));
        return ExitCodes.Done;
    }
}
