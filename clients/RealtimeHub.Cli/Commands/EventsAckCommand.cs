using System.CommandLine;
using RealtimeHub.Protocol.Events;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub events ack</c>: acknowledges events by their sequences.</summary>
internal sealed class EventsAckCommand
{
    private readonly Argument<long[]> _sequences = new("sequence") { Description = "The sequences of the events.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _consumer = new("--consumer")
    {
        HelpName = "NAME",
        Description = "Who acknowledges. Default: rthub.",
        DefaultValueFactory = _ => "rthub",
    };

    public static Command Create(CommandRunner runner)
    {
        var ack = new EventsAckCommand();
        var command = new Command("ack", "Acknowledge events, so that they do not come again.") { ack._sequences, ack._consumer };
        runner.Attach(command, ack.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        // Whoever acknowledges is a consumer, and a consumer subscribes; nothing of what comes is of interest here.
        var request = new SubscribeEventsRequest { Consumer = context.Parsed.GetRequiredValue(_consumer), Events = ["event"] };
        var subscription = await context.Client.Events.SubscribeAsync(request, (_, _) => ValueTask.CompletedTask, cancellationToken).ConfigureAwait(false);
        await using var ending = subscription.ConfigureAwait(false);
        var result = await context.Client.Events.AckAsync("events", context.Parsed.GetRequiredValue(_sequences), cancellationToken).ConfigureAwait(false);
        if (context.Out.IsJson)
        {
            context.Out.Json(result);
        }
        else
        {
            context.Out.Raw($"acknowledged {List(result.Acknowledged)}; unknown {List(result.Unknown)}; {result.Unacknowledged} still wait\n");
        }

        return result.Unknown.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string List(IReadOnlyList<long> sequences) => sequences.Count == 0 ? "none" : string.Join(' ', sequences);
}
