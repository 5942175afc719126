using System.CommandLine;
using RealtimeHub.Cli.Credentials;
using RealtimeHub.Cli.Watching;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Status;
using Spectre.Console;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub system top</c>: a full screen that lives: the node, its rates, its busiest channels.</summary>
internal sealed class SystemTopCommand
{
    private const double DefaultSeconds = 2;

    private readonly Option<double?> _interval = new("--interval")
    {
        HelpName = "SECONDS",
        Description = "How often channels are looked at, 0.2 to 3600. Default: 2.",
    };

    private readonly Option<bool> _once = new("--once") { Description = "Draw one screen and end." };

    public static Command Create(CommandRunner runner)
    {
        var top = new SystemTopCommand();
        var command = new Command("top", "Watch the server on a live full screen. Without a terminal, one screen is drawn and that is all.") { top._interval, top._once };
        command.Validators.Add(result =>
        {
            if (result.GetValue(top._interval) is not null and not (>= 0.2 and <= 3600))
            {
                result.AddError("--interval must be 0.2 to 3600.");
            }
        });
        runner.Attach(command, top.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var state = new TopState(context.Host.Time);
        context.Client.System.StateChanged += (_, e) => state.Connected(e.State == ConnectionState.Connected ? "" : e.State.ToString().ToLowerInvariant());
        if (context.Out.IsJson || !context.Host.IsTerminal || !context.Out.Console.Profile.Capabilities.Ansi || context.Parsed.GetValue(_once))
        {
            return await OnceAsync(context, state, cancellationToken).ConfigureAwait(false);
        }

        var code = ExitCodes.Done;
        context.Out.Console.AlternateScreen(() => code = LiveAsync(context, state, cancellationToken).GetAwaiter().GetResult());
        return code;
    }

    private static async Task<int> OnceAsync(CommandContext context, TopState state, CancellationToken cancellationToken)
    {
        state.Take(await context.Client.Channels.ListAsync(cancellationToken).ConfigureAwait(false));
        await foreach (var status in StatusesAsync(context, cancellationToken).ConfigureAwait(false))
        {
            state.Take(status);
            break;
        }

        var (newest, channels, _) = state.Read();
        if (context.Out.IsJson)
        {
            context.Out.Json(new Top(newest, [.. channels.Select(c => c.Channel)]));
        }
        else
        {
            context.Out.Drawing(TopScreen.Of(state, CredentialBook.NameOf(context.Url), int.MaxValue));
        }

        return newest is null ? ExitCodes.Failed : ExitCodes.Done;
    }

    private async Task<int> LiveAsync(CommandContext context, TopState state, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(context, state, stop.Token);
        try
        {
            await context.Out.Console.Live(new Text("")).StartAsync(async live =>
            {
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(context.Parsed.GetValue(_interval) ?? DefaultSeconds), context.Host.Time);
                do
                {
                    try
                    {
                        state.Take(await context.Client.Channels.ListAsync(cancellationToken).ConfigureAwait(false));
                    }
                    catch (RealtimeConnectionException)
                    {
                        // The head of the screen says that the server is away; it is asked again at the next turn.
                    }

                    live.UpdateTarget(TopScreen.Of(state, CredentialBook.NameOf(context.Url), context.Out.Console.Profile.Height));
                    live.Refresh();
                }
                while (!reading.IsFaulted && await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
            }).ConfigureAwait(false);
            await reading.ConfigureAwait(false);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private static async Task ReadAsync(CommandContext context, TopState state, CancellationToken cancellationToken)
    {
        await foreach (var status in StatusesAsync(context, cancellationToken).ConfigureAwait(false))
        {
            state.Take(status);
        }
    }

    private static async IAsyncEnumerable<SystemStatus> StatusesAsync(
        CommandContext context, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in context.Client.System.TailAsync(new SubscribeSystemRequest(), null, cancellationToken).ConfigureAwait(false))
        {
            if (item.Error is { } error)
            {
                throw new ProtocolErrorException(error);
            }

            if (item.Frame is { Type: "node.status" } frame)
            {
                yield return frame.Payload.To(RealtimeJsonContext.Default.SystemStatus)!;
            }
        }
    }

    private sealed record Top(SystemStatus? Status, IReadOnlyList<Protocol.Requests.ChannelSummary> Channels);
}
