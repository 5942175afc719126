using System.CommandLine;
using System.CommandLine.Invocation;
using RealtimeHub.Cli.Commands;

namespace RealtimeHub.Cli;

/// <summary>The command line as a whole.</summary>
internal static class RthubCommand
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliHost host, CancellationToken cancellationToken)
    {
        var parsed = Create(host).Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = host.Output,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (parsed.Action is not ParseErrorAction)
        {
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }

        foreach (var error in parsed.Errors)
        {
            await host.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
        }

        await host.Error.WriteLineAsync($"See: {Path(parsed)} --help").ConfigureAwait(false);
        return ExitCodes.Misused;
    }

    private static RootCommand Create(CliHost host)
    {
        var options = new GlobalOptions(host);
        var runner = new CommandRunner(host, options);
        return new RootCommand("Publish to a RealtimeHub server, watch it, and run jobs under its eyes.")
        {
            options.Url,
            options.ApiKey,
            options.Json,
            options.MessagePack,
            LoginCommand.Create(runner),
            LogoutCommand.Create(runner),
            WhoAmICommand.Create(runner),
            PublishCommand.Create(runner),
            new Command("events", "Security events.") { EventsTailCommand.Create(runner), EventsAckCommand.Create(runner) },
            new Command("channels", "Channels and what they keep.")
            {
                ChannelsListCommand.Create(runner),
                ChannelsHistoryCommand.Create(runner),
            },
            new Command("climate", "Climate fields, hazard drivers and explanations.")
            {
                ClimateValuesCommand.CreateFields(runner),
                ClimateValuesCommand.CreateDrivers(runner),
                ClimateExplainCommand.Create(runner),
            },
            ExplainCommand.Create(runner),
            VerifyCommand.Create(runner),
            RecordCommand.Create(runner),
            ReplayCommand.Create(runner),
            new Command("workspace", "Specs, agents and teams.") { WorkspaceTailCommand.Create(runner), WorkspacePresenceCommand.Create(runner) },
            new Command("audit", "What the server wrote down.") { AuditVerifyCommand.Create(runner) },
            new Command("system", "The server itself.") { SystemWatchCommand.Create(runner), SystemTopCommand.Create(runner) },
            new Command("jobs", "Jobs and their logs.")
            {
                JobsRunCommand.Create(runner),
                JobsListCommand.Create(runner),
                JobsTailCommand.Create(runner),
                JobsWatchCommand.Create(runner),
            },
            ProveCommand.Create(runner),
            BenchCommand.Create(runner),
            CompletionCommand.Create(host),
            ContractCommand.Create(host),
            Simulations(runner),
        };
    }

    private static Command Simulations(CommandRunner runner) => new("sim", "Simulations: run, watch, steer and verify them.")
    {
        SimRunCommand.Create(runner),
        SimWatchCommand.Create(runner),
        SimListCommand.Create(runner),
        SimVerifyCommand.Create(runner),
        SimSteerCommand.Create(runner),
        SimControlCommand.Create(runner, "pause", "Let a run stand still.", (c, id, t) => c.PauseRunAsync(id, t)),
        SimControlCommand.Create(runner, "resume", "Let a run go on.", (c, id, t) => c.ResumeRunAsync(id, t)),
        SimControlCommand.Create(runner, "stop", "End a run.", (c, id, t) => c.StopRunAsync(id, t)),
        SimStepCommand.Create(runner),
    };

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, result.Parent is null ? "rthub" : result.Command.Name);
        }

        return string.Join(' ', names);
    }
}
