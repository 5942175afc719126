using System.CommandLine;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Protocol.Workspace;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub workspace tail</c>: what happens to a spec, an agent or a team, over reconnects, until interrupted.</summary>
internal sealed class WorkspaceTailCommand
{
    private readonly Argument<string> _channel = new("channel") { Description = "spec:ID, agent:ID or team:ID." };
    private readonly Option<int?> _last = new("--last") { HelpName = "N", Description = "Start with the last N events." };
    private readonly Option<bool> _hidden = new("--hidden") { Description = "Do not be seen there." };

    public static Command Create(CommandRunner runner)
    {
        var tail = new WorkspaceTailCommand();
        var command = new Command("tail", "Show what happens to a spec, an agent or a team.") { tail._channel, tail._last, tail._hidden };
        runner.Attach(command, tail.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var workspace = context.Client.Workspace;
        var writer = new ItemWriter(context.Out, EventLine.Of);
        ConnectionWriter.Attach(workspace, context.Out);
        workspace.PresenceChanged += (_, diff) => context.Out.Note($"{diff.Channel}: {diff.Count} there; came: {Names(diff.Joins?.Select(j => j.UserId))}; left: {Names(diff.Leaves)}");
        var request = new SubscribeWorkspaceRequest
        {
            Channel = context.Parsed.GetRequiredValue(_channel),
            Last = context.Parsed.GetValue(_last),
            Presence = !context.Parsed.GetValue(_hidden),
        };
        try
        {
            var isEnded = false;
            await foreach (var item in workspace.TailAsync(request, null, cancellationToken).ConfigureAwait(false))
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

    private static string Names(IEnumerable<string>? names) => names is null ? "…" : string.Join(", ", names) is { Length: > 0 } text ? text : "-";
}
