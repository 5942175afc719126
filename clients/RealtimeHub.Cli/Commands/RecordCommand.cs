using System.CommandLine;
using System.Text.Json;
using RealtimeHub.Cli.Credentials;
using RealtimeHub.Cli.Output;
using RealtimeHub.Cli.Parsing;
using RealtimeHub.Cli.Recording;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub record</c>: keeps everything that a channel says in a file, notices of loss in their place included.</summary>
internal sealed class RecordCommand
{
    private readonly Argument<string> _channel = new("channel") { Description = $"What to record: {ChannelSource.Names}." };
    private readonly Option<string> _output = new("--output", "-o") { HelpName = "FILE", Description = "The file; - is standard output.", Required = true };
    private readonly Option<bool> _append = new("--append") { Description = "Go on with the file, right after its last frame." };
    private readonly Option<int?> _last = new("--last") { HelpName = "N", Description = "Start with the last N frames." };
    private readonly Option<string?> _since = new("--since") { HelpName = "TIME", Description = "Start with the frames since then: an ISO 8601 instant, or how long ago, such as 10m." };
    private readonly Option<int?> _count = new("--count") { HelpName = "N", Description = "End after N frames." };
    private readonly Option<string?> _for = new("--for") { HelpName = "TIME", Description = "End after this long, such as 90s or 10m." };

    public static Command Create(CommandRunner runner)
    {
        var record = new RecordCommand();
        var command = new Command("record", "Record a channel into a file, until interrupted or the channel ends. Play it again with rthub replay.")
        {
            record._channel, record._output, record._append, record._last, record._since, record._count, record._for,
        };
        command.Validators.Add(result =>
        {
            if (new Option[] { record._append, record._last, record._since }.Count(o => result.GetResult(o) is not null) > 1)
            {
                result.AddError("Give at most one of --append, --last and --since.");
            }

            if (result.GetValue(record._count) < 1)
            {
                result.AddError("--count must be 1 or more.");
            }
        });
        runner.Attach(command, record.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (channel, file) = (context.Parsed.GetRequiredValue(_channel), context.Parsed.GetRequiredValue(_output));
        var isAppending = context.Parsed.GetValue(_append) && File.Exists(file);
        var start = await StartAsync(context, file, isAppending, cancellationToken).ConfigureAwait(false);
        using var limit = Limit(context);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var (hub, items) = ChannelSource.Open(context, channel, start, either.Token);
        var writer = file == "-" ? context.Host.Output : Create(file, isAppending);
        try
        {
            ConnectionWriter.Attach(hub, context.Out);
            if (!isAppending)
            {
                Write(writer, new RecordingHeader(RecordingFile.Version, channel, CredentialBook.NameOf(context.Url), context.Host.Time.GetUtcNow()));
            }

            return await CopyAsync(context, items, writer, either.Token).ConfigureAwait(false);
        }
        finally
        {
            await writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            if (file != "-")
            {
                await writer.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<int> CopyAsync(CommandContext context, IAsyncEnumerable<StreamItem> items, TextWriter writer, CancellationToken cancellationToken)
    {
        var (count, frames, lost, code) = (context.Parsed.GetValue(_count), 0L, 0L, ExitCodes.Done);
        var notices = new ItemWriter(context.Out, _ => new StyledLine()) { IsQuiet = true };
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                Write(writer, item);
                notices.Write(item);
                frames += item.Frame is null ? 0 : 1;
                lost += item.Gap?.Count ?? 0;
                code = item.Error is null ? code : ExitCodes.Failed;
                if (frames == count)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Interrupted, or the time is up: what there is, is the recording.
        }

        context.Out.Note($"Recorded {frames} frame(s), lost {lost}.");
        return code;
    }

    private async Task<SourceStart> StartAsync(CommandContext context, string file, bool isAppending, CancellationToken cancellationToken)
    {
        if (isAppending)
        {
            return new SourceStart(From: await RecordingFile.EndAsync(context.Host, file, cancellationToken).ConfigureAwait(false));
        }

        DateTimeOffset? since = null;
        if (context.Parsed.GetValue(_since) is { } text)
        {
            since = SinceParser.TryParse(text, context.Host.Time.GetUtcNow(), out var time)
                ? time
                : throw new MisuseException($"--since must be an ISO 8601 instant or how long ago, such as 10m; it is '{text}'.");
        }

        return new SourceStart(Last: context.Parsed.GetValue(_last), Since: since);
    }

    private CancellationTokenSource Limit(CommandContext context) => context.Parsed.GetValue(_for) switch
    {
        null => new CancellationTokenSource(),
        var text when SinceParser.TryParseDuration(text, out var time) && time.TotalDays <= 24 => new CancellationTokenSource(time, context.Host.Time),
        var text => throw new MisuseException($"--for must be a time such as 90s or 10m, up to 24d; it is '{text}'."),
    };

    private static StreamWriter Create(string file, bool isAppending)
    {
        try
        {
            return new StreamWriter(file, isAppending);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{file} cannot be written: {e.Message}");
        }
    }

    // Line by line to the disk: what was recorded survives a crash.
    private static void Write<T>(TextWriter writer, T line)
    {
        writer.WriteLine(JsonSerializer.Serialize(line, RealtimeJson.Options));
        writer.Flush();
    }
}
