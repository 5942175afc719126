using System.CommandLine;
using RealtimeHub.Cli.Output;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub channels list</c>.</summary>
internal static class ChannelsListCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = new Command("list", "List the channels that the key may read.");
        runner.Attach(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var channels = await context.Client.Channels.ListAsync(cancellationToken).ConfigureAwait(false);
        if (context.Out.IsJson)
        {
            foreach (var channel in channels)
            {
                context.Out.Json(channel);
            }

            return ExitCodes.Done;
        }

        context.Out.Data(DataTable.Of(
            ["channel", "newest", "kept", "bytes", "readers", "epoch", "hub"],
            channels.Select(c => new[] { c.Channel, $"{c.Sequence}", $"{c.Frames}", $"{c.Bytes}", $"{c.Subscriptions}", c.Epoch, c.Hub ?? "-" })));
        return ExitCodes.Done;
    }
}
