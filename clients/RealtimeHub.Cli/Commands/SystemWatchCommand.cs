using System.CommandLine;
using System.Text.Json;
using RealtimeHub.Cli.Output;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Status;
using RealtimeHub.Protocol.Streams;
using Spectre.Console;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub system watch</c>: the server's status, drawn in place on a terminal.</summary>
internal sealed class SystemWatchCommand
{
    private readonly Option<bool> _once = new("--once") { Description = "Show the newest status and end." };

    public static Command Create(CommandRunner runner)
    {
        var watch = new SystemWatchCommand();
        var command = new Command("watch", "Watch the status of the server and its services.") { watch._once };
        runner.Attach(command, watch.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var isOnce = context.Parsed.GetValue(_once);
        ConnectionWriter.Attach(context.Client.System, context.Out);
        try
        {
            if (context.Out.IsJson || isOnce || !context.Host.IsTerminal)
            {
                return await ReadAsync(context, isOnce, table => context.Out.Data(table), cancellationToken).ConfigureAwait(false);
            }

            return await context.Out.Console.Live(new Text("Waiting for the first status …"))
                .StartAsync(live => ReadAsync(context, false, table => Show(live, table), cancellationToken))
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
    }

    private static void Show(LiveDisplayContext live, Table table)
    {
        live.UpdateTarget(table);
        live.Refresh();
    }

    private static async Task<int> ReadAsync(CommandContext context, bool isOnce, Action<Table> show, CancellationToken cancellationToken)
    {
        await foreach (var item in context.Client.System.TailAsync(new SubscribeSystemRequest(), null, cancellationToken).ConfigureAwait(false))
        {
            if (context.Out.IsJson)
            {
                context.Out.Json(item);
            }
            else if (item.Frame is { } frame && Status(frame) is { } status)
            {
                show(StatusTable.Of(status));
            }
            else if (item.Error is { } error)
            {
                context.Out.Note($"Ended: {error.Message} ({error.Code})");
            }

            if (item.Error is not null)
            {
                return ExitCodes.Failed;
            }

            if (isOnce && item.Kind == StreamItemKinds.Frame)
            {
                break;
            }
        }

        return ExitCodes.Done;
    }

    // The channel may one day carry other types; they are not for this table.
    private static SystemStatus? Status(FrameEnvelope frame)
    {
        try
        {
            return frame.Payload.To(RealtimeJsonContext.Default.SystemStatus);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
