using System.CommandLine;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub workspace presence</c>.</summary>
internal sealed class WorkspacePresenceCommand
{
    private readonly Argument<string> _channel = new("channel") { Description = "spec:ID, agent:ID or team:ID." };

    public static Command Create(CommandRunner runner)
    {
        var presence = new WorkspacePresenceCommand();
        var command = new Command("presence", "Show who is in a channel.") { presence._channel };
        runner.Attach(command, presence.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var state = await context.Client.Workspace.PresenceAsync(context.Parsed.GetRequiredValue(_channel), cancellationToken).ConfigureAwait(false);
        if (context.Out.IsJson)
        {
            context.Out.Json(state);
        }
        else
        {
            context.Out.Data(DataTable.Of(
                ["user", "since", "connections"],
                (state.Members ?? []).Select(m => new[] { m.UserId, UtcTimestampConverter.ToText(m.JoinedAt), $"{m.Connections.Count}" })));
            context.Out.Note($"{state.Count} in {state.Channel}.");
        }

        return ExitCodes.Done;
    }
}
