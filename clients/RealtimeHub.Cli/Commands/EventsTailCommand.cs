using System.CommandLine;
using RealtimeHub.Cli.Output;
using RealtimeHub.Cli.Parsing;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Events;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub events tail</c>: events as they come, over reconnects, until interrupted.</summary>
internal sealed class EventsTailCommand
{
    private const string DefaultConsumer = "rthub";

    private readonly Option<string[]> _patterns = new("--pattern")
    {
        HelpName = "PATTERN",
        Description = "Event types to show, such as alert.*; may be repeated. Default: all.",
    };

    private readonly Option<string?> _since = new("--since")
    {
        HelpName = "TIME",
        Description = "Start with the events since then: an ISO 8601 instant, or how long ago, such as 10m.",
    };

    private readonly Option<int?> _last = new("--last") { HelpName = "N", Description = "Start with the last N events." };

    private readonly Option<StreamPosition?> _from = new("--from")
    {
        HelpName = "EPOCH:SEQUENCE",
        Description = "Start right after this position.",
        CustomParser = result =>
        {
            if (StreamPosition.TryParse(result.Tokens[0].Value, out var position))
            {
                return position;
            }

            result.AddError("--from must be a position such as 69ac6dfc57dbf5de:42.");
            return null;
        },
    };

    private readonly Option<bool> _ack = new("--ack") { Description = "Acknowledge every event that asks for it." };

    private readonly Option<string?> _consumer = new("--consumer")
    {
        HelpName = "NAME",
        Description = $"Who acknowledges. Default with --ack: {DefaultConsumer}.",
    };

    private readonly Option<IReadOnlyList<KeyValuePair<string, string>>> _filters = new("--filter")
    {
        HelpName = "TAG=VALUE",
        Description = "Show only events with this tag; may be repeated, then all must fit.",
        CustomParser = Pairs.Parse,
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create(CommandRunner runner)
    {
        var tail = new EventsTailCommand();
        var command = new Command("tail", "Show events as they come.")
        {
            tail._patterns, tail._since, tail._last, tail._from, tail._ack, tail._consumer, tail._filters,
        };
        command.Validators.Add(result =>
        {
            if (new Option[] { tail._since, tail._last, tail._from }.Count(o => result.GetResult(o) is not null) > 1)
            {
                result.AddError("Give at most one of --since, --last and --from.");
            }
        });
        runner.Attach(command, tail.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var events = context.Client.Events;
        var writer = new ItemWriter(context.Out, EventLine.Of);
        var acknowledges = context.Parsed.GetValue(_ack);
        Subscription? subscription = null;
        ConnectionWriter.Attach(events, context.Out);
        try
        {
            var isEnded = false;
            await foreach (var item in events.TailAsync(Request(context), s => subscription = s, cancellationToken).ConfigureAwait(false))
            {
                writer.Write(item);
                isEnded = item.Kind == StreamItemKinds.End;
                if (acknowledges && item.Frame is { RequiresAck: true } frame)
                {
                    await AcknowledgeAsync(context, frame, cancellationToken).ConfigureAwait(false);
                }
            }

            return isEnded ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Done;
        }
        finally
        {
            if (subscription is not null)
            {
                CoverageWriter.Write(context.Out, subscription.Coverage);
            }
        }
    }

    private SubscribeEventsRequest Request(CommandContext context)
    {
        var parsed = context.Parsed;
        return new SubscribeEventsRequest
        {
            Events = parsed.GetValue(_patterns) is { Length: > 0 } patterns ? patterns : null,
            From = parsed.GetValue(_from),
            Last = parsed.GetValue(_last),
            Since = parsed.GetValue(_since) is { } since ? Since(since, context.Host.Time.GetUtcNow()) : null,
            Consumer = parsed.GetValue(_consumer) ?? (parsed.GetValue(_ack) ? DefaultConsumer : null),
            Filter = Filter(parsed.GetValue(_filters) ?? []),
        };
    }

    private static DateTimeOffset Since(string text, DateTimeOffset now) => SinceParser.TryParse(text, now, out var since)
        ? since
        : throw new MisuseException($"--since must be an ISO 8601 instant or how long ago, such as 10m; it is '{text}'.");

    private static TagFilter? Filter(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        var conditions = pairs.Select(p => new TagFilter { Tag = p.Key, Op = "eq", Value = p.Value }).ToList();
        return conditions.Count > 1 ? new TagFilter { And = conditions } : conditions.FirstOrDefault();
    }

    private static async Task AcknowledgeAsync(CommandContext context, FrameEnvelope frame, CancellationToken cancellationToken)
    {
        try
        {
            await context.Client.Events.AckAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        catch (ProtocolErrorException e)
        {
            context.Out.Note($"Event {frame.Sequence} could not be acknowledged: {e.Error.Message} ({e.Error.Code})");
        }
    }
}
