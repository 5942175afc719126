using System.CommandLine;
using RealtimeHub.Cli.Jobs;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub jobs run</c>: a command whose output and fate the server keeps.</summary>
internal sealed class JobsRunCommand
{
    private readonly Option<string?> _id = new("--id") { Description = "The job's id. Default: a new one." };
    private readonly Option<string?> _type = new("--type") { Description = "What kind of work it is. Default: the command's name." };
    private readonly Argument<string[]> _command = new("command")
    {
        Description = "The command and its arguments, after --.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create(CommandRunner runner)
    {
        var run = new JobsRunCommand();
        var command = new Command("run", "Run a command as a job. Exits with the command's exit code.") { run._id, run._type, run._command };
        runner.Attach(command, run.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var command = context.Parsed.GetRequiredValue(_command);
        var id = context.Parsed.GetValue(_id) ?? $"rthub-{Guid.CreateVersion7(context.Host.Time.GetUtcNow()):N}";
        var type = context.Parsed.GetValue(_type) ?? Path.GetFileName(command[0]);
        await context.Client.Jobs.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await new JobRun(context, id, type).RunAsync(command, cancellationToken).ConfigureAwait(false);
    }
}
