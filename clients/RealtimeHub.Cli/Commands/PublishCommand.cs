using System.CommandLine;
using System.Text.Json;
using RealtimeHub.Cli.Parsing;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub publish</c>: one event from options, or events from a file.</summary>
internal sealed class PublishCommand
{
    private readonly Argument<string> _channel = new("channel") { Description = "The channel, such as events or job:42." };
    private readonly Option<string?> _type = new("--type") { HelpName = "TYPE", Description = "What it is, such as camera.offline." };
    private readonly Option<string?> _data = new("--data") { HelpName = "JSON", Description = "The payload, a JSON object. Default: {}." };
    private readonly Option<string?> _file = new("--file")
    {
        HelpName = "FILE",
        Description = "Whole events: one JSON object, or one per line. '-' is standard input.",
    };

    private readonly Option<IReadOnlyList<KeyValuePair<string, string>>> _tags = new("--tag")
    {
        HelpName = "NAME=VALUE",
        Description = "A tag that filters look at; may be repeated.",
        CustomParser = Pairs.Parse,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _key = new("--idempotency-key")
    {
        HelpName = "KEY",
        Description = "A repeat with the same key within 5 minutes publishes nothing and gets the first answer.",
    };

    public static Command Create(CommandRunner runner)
    {
        var publish = new PublishCommand();
        var command = new Command("publish", "Publish events to a channel.")
        {
            publish._channel, publish._type, publish._data, publish._file, publish._tags, publish._key,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(publish._type) is null == result.GetResult(publish._file) is null)
            {
                result.AddError("Give either --type, with --data and --tag, or --file.");
            }
            else if (result.GetResult(publish._file) is not null && (result.GetResult(publish._data) ?? result.GetResult(publish._tags)) is not null)
            {
                result.AddError("--data and --tag go with --type; events in a file carry their own.");
            }
        });
        runner.Attach(command, publish.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var channel = context.Parsed.GetRequiredValue(_channel);
        var key = context.Parsed.GetValue(_key);
        if (context.Parsed.GetValue(_file) is not { } file)
        {
            return Report(context, await context.Client.Channels.PublishAsync(channel, Event(context.Parsed), key, cancellationToken).ConfigureAwait(false));
        }

        var body = await EventFile.ReadAsync(file, context.Host, cancellationToken).ConfigureAwait(false);
        return EventFile.Single(body) is { } published
            ? Report(context, await context.Client.Channels.PublishAsync(channel, published, key, cancellationToken).ConfigureAwait(false))
            : Report(context, await context.Client.Channels.PublishBatchAsync(channel, body, key, cancellationToken).ConfigureAwait(false));
    }

    private PublishEvent Event(ParseResult parsed) => new()
    {
        Type = parsed.GetRequiredValue(_type),
        Payload = Payload(parsed.GetValue(_data) ?? "{}"),
        Tags = parsed.GetValue(_tags) is { Count: > 0 } tags ? new Dictionary<string, string>(tags) : null,
    };

    private static JsonPayload Payload(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonPayload.From(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new MisuseException($"--data is not JSON: {e.Message}");
        }
    }

    private static int Report(CommandContext context, PublishResult result)
    {
        if (context.Out.IsJson)
        {
            context.Out.Json(result);
        }
        else
        {
            context.Out.Raw($"{result.Channel} {new StreamPosition(result.Epoch ?? "", result.Sequence ?? 0)} {result.EventId}{(result.Duplicate ? " (published before)" : "")}\n");
        }

        return ExitCodes.Done;
    }

    private static int Report(CommandContext context, PublishBatchResult result)
    {
        if (context.Out.IsJson)
        {
            context.Out.Json(result);
        }
        else
        {
            context.Out.Raw($"{result.Channel} {result.Count} events, {result.Epoch}:{result.FirstSequence} to {result.LastSequence}{(result.Duplicate ? " (published before)" : "")}\n");
        }

        return ExitCodes.Done;
    }
}
