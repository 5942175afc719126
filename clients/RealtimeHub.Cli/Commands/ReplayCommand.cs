using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeHub.Cli.Output;
using RealtimeHub.Cli.Recording;
using RealtimeHub.Client.Connections;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub replay</c>: plays a recording at its own pace or another, to the terminal or into a channel.</summary>
internal sealed class ReplayCommand
{
    private const int MaxAttempts = 10;

    private readonly Argument<string> _file = new("file") { Description = "A recording; - is standard input." };
    private readonly Option<double> _speed = new("--speed")
    {
        HelpName = "X",
        Description = "How many times as fast as it happened; 0 is at once. Default: 1.",
        DefaultValueFactory = _ => 1.0,
    };

    private readonly Option<string?> _to = new("--to") { HelpName = "CHANNEL", Description = "Publish the frames to this channel, with the tag replay=true and ids of their own." };
    private readonly Option<string?> _from = new("--from") { HelpName = "TIME", Description = "Begin with the first frame of this time or later." };
    private readonly Option<string?> _until = new("--until") { HelpName = "TIME", Description = "End before the first frame of this time or later." };
    private readonly Option<bool> _headers = new("--headers") { Description = "Leave contents out: types, positions, times and tags only." };

    public static Command Create(CommandRunner runner)
    {
        var replay = new ReplayCommand();
        var command = new Command("replay", "Play a recording again. Frames keep their own times and are marked as replayed.")
        {
            replay._file, replay._speed, replay._to, replay._from, replay._until, replay._headers,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(replay._speed) is < 0 or > 1_000_000 or double.NaN)
            {
                result.AddError("--speed must be 0 to 1000000.");
            }

            if (result.GetValue(replay._headers) && result.GetResult(replay._to) is not null)
            {
                result.AddError("--headers shows frames; it cannot publish them.");
            }
        });
        runner.Attach(command, replay.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var parsed = context.Parsed;
        var (from, until) = (Time(parsed, _from), Time(parsed, _until));
        var pace = new ReplayPace(context.Host.Time, parsed.GetValue(_speed));
        var show = Shower(context);
        var frames = 0L;
        await foreach (var frame in RecordingFile.FramesAsync(context.Host, parsed.GetRequiredValue(_file), cancellationToken).ConfigureAwait(false))
        {
            if (frame.Timestamp < from)
            {
                continue;
            }

            if (frame.Timestamp >= until)
            {
                break;
            }

            await pace.WaitForAsync(frame.Timestamp, cancellationToken).ConfigureAwait(false);
            await show(frame, cancellationToken).ConfigureAwait(false);
            frames++;
        }

        if (context.Out.IsJson)
        {
            context.Out.Json(new ReplayEnd("end_of_replay", true, frames));
        }

        context.Out.Note($"Replayed {frames} frame(s).");
        return frames == 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private Func<FrameEnvelope, CancellationToken, Task> Shower(CommandContext context)
    {
        if (context.Parsed.GetValue(_to) is { } channel)
        {
            var run = Guid.CreateVersion7(context.Host.Time.GetUtcNow()).ToString("N");
            var number = 0L;
            return (frame, cancellationToken) => PublishAsync(context, channel, EventOf(frame, channel, $"replay-{run}-{++number}"), cancellationToken);
        }

        var hasContent = !context.Parsed.GetValue(_headers);
        return (frame, _) =>
        {
            if (context.Out.IsJson)
            {
                context.Out.Json(new ReplayedItem(StreamItemKinds.Frame, true, hasContent ? frame : frame with { Payload = JsonPayload.FromValidUtf8("{}"u8.ToArray()), Blocks = null }));
            }
            else
            {
                context.Out.Line(hasContent ? FrameLine.Of(frame) : new StyledLine().Add($"{frame.Sequence}", 6).Add(EventLine.Clock(frame.Timestamp)).Add(frame.Type));
            }

            return Task.CompletedTask;
        };
    }

    private static PublishEvent EventOf(FrameEnvelope frame, string channel, string id) => new()
    {
        Type = frame.Type,
        Payload = PayloadOf(frame, channel),
        Timestamp = frame.Timestamp,
        EventId = id,
        CorrelationId = frame.EventId,
        Tags = new Dictionary<string, string> { ["replay"] = "true" },
    };

    // What a job says of itself names the job, and that is the channel's now.
    private static JsonPayload PayloadOf(FrameEnvelope frame, string channel)
    {
        const string JobFamily = "job:";
        const string JobId = "job_id";
        if (!channel.StartsWith(JobFamily, StringComparison.Ordinal) || JsonNode.Parse(frame.Payload.ToElement().GetRawText()) is not JsonObject payload || !payload.ContainsKey(JobId))
        {
            return frame.Payload;
        }

        payload[JobId] = channel[JobFamily.Length..];
        return JsonPayload.FromValidUtf8(JsonSerializer.SerializeToUtf8Bytes(payload, RealtimeJson.Options));
    }

    // A server that is busy is waited for; the id makes a repeat harmless.
    private static async Task PublishAsync(CommandContext context, string channel, PublishEvent published, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await context.Client.Channels.PublishAsync(channel, published, null, cancellationToken).ConfigureAwait(false);
                if (context.Out.IsJson)
                {
                    context.Out.Json(result);
                }

                return;
            }
            catch (ProtocolErrorException e) when (e.Error.Retryable && attempt < MaxAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(e.Error.RetryAfterMs ?? 500), context.Host.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static DateTimeOffset? Time(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => null,
        var text when UtcTimestampConverter.TryParse(text, out var time) => time,
        var text => throw new MisuseException($"{option.Name} must be an ISO 8601 instant; it is '{text}'."),
    };

    private sealed record ReplayedItem(string Kind, bool Replay, FrameEnvelope Frame);

    private sealed record ReplayEnd(string Kind, bool Replay, long Frames);
}
