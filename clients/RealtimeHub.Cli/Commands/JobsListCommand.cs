using System.CommandLine;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub jobs list</c>.</summary>
internal sealed class JobsListCommand
{
    private readonly Option<string?> _state = new("--state") { Description = "Only jobs in this state." };
    private readonly Option<int?> _limit = new("--limit") { HelpName = "N", Description = "At most this many. Default: 100." };

    public static Command Create(CommandRunner runner)
    {
        var list = new JobsListCommand();
        list._state.AcceptOnlyFromAmong([.. JobStates.All]);
        var command = new Command("list", "List the jobs that the server remembers, newest first.") { list._state, list._limit };
        runner.Attach(command, list.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = new ListJobsRequest { State = context.Parsed.GetValue(_state), Limit = context.Parsed.GetValue(_limit) };
        var jobs = await context.Client.Jobs.ListAsync(request, cancellationToken).ConfigureAwait(false);
        if (context.Out.IsJson)
        {
            foreach (var job in jobs)
            {
                context.Out.Json(job);
            }

            return ExitCodes.Done;
        }

        context.Out.Data(DataTable.Of(
            ["job", "type", "state", "progress", "started", "ended", "error"],
            jobs.Select(j => new[] { j.JobId, j.JobType ?? "-", j.State, $"{j.Progress:0.#} %", Time(j.StartedAt), Time(j.EndedAt), j.Error ?? "" })));
        return ExitCodes.Done;
    }

    private static string Time(DateTimeOffset? time) => time is { } known ? UtcTimestampConverter.ToText(known) : "-";
}
