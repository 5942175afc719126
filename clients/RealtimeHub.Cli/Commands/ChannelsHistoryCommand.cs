using System.CommandLine;
using RealtimeHub.Cli.Output;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub channels history</c>.</summary>
internal sealed class ChannelsHistoryCommand
{
    private readonly Argument<string> _channel = new("channel") { Description = "The channel." };
    private readonly Option<long?> _from = new("--from") { HelpName = "SEQUENCE", Description = "The first sequence. Default: the oldest kept, or the newest with --order desc." };
    private readonly Option<int?> _limit = new("--limit") { HelpName = "N", Description = "At most this many frames. Default: 100." };
    private readonly Option<string> _order = new("--order") { Description = "asc or desc.", DefaultValueFactory = _ => "asc" };

    public static Command Create(CommandRunner runner)
    {
        var history = new ChannelsHistoryCommand();
        history._order.AcceptOnlyFromAmong("asc", "desc");
        var command = new Command("history", "Read frames that a channel keeps.") { history._channel, history._from, history._limit, history._order };
        runner.Attach(command, history.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var parsed = context.Parsed;
        var isDescending = parsed.GetValue(_order) == "desc";
        var page = await context.Client.Channels
            .HistoryAsync(parsed.GetRequiredValue(_channel), parsed.GetValue(_from), parsed.GetValue(_limit), isDescending, cancellationToken)
            .ConfigureAwait(false);
        foreach (var frame in page.Frames)
        {
            if (context.Out.IsJson)
            {
                context.Out.Json(frame);
            }
            else
            {
                context.Out.Line(FrameLine.Of(frame));
            }
        }

        context.Out.Note($"{page.Channel} is at {page.Position} and keeps frames from {page.Oldest} on."
            + (page.Next is { } next ? $" The next page: --from {next}" : ""));
        return ExitCodes.Done;
    }
}
