using System.CommandLine;
using RealtimeHub.Cli.Output;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub whoami</c>: who the server takes the caller for.</summary>
internal static class WhoAmICommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new Command("whoami", "Show who the server takes you for, and what you may do.");
        runner.Attach(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        PrincipalWriter.Write(context.Out, await context.Client.Account.WhoAmIAsync(cancellationToken).ConfigureAwait(false));
        return ExitCodes.Done;
    }
}
