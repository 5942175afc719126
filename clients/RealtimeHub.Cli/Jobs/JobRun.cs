using System.Threading.Channels;
using RealtimeHub.Cli.Output;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Jobs;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Jobs;

/// <summary>One command run as a job: shown here as it is, and told to the server line by line.</summary>
internal sealed class JobRun(CommandContext context, string jobId, string jobType)
{
    private const int ReadSize = 4_096;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConfirmationLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ConfirmationLimitWhenCancelled = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = context.Host.Time;

    public async Task<int> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        using var child = ChildProcess.Start(command);
        var upload = context.Client.Jobs.OpenUpload(jobId);
        await using var closing = upload.ConfigureAwait(false);
        using var log = new JobLog(upload, context.Out, _time);
        ConnectionWriter.Attach(context.Client.Jobs, context.Out);
        context.Out.Note($"Job {jobId}; watch it with: rthub jobs tail {jobId}");
        await TellAsync(log, JobEvents.Started(jobId, jobType, _time.GetUtcNow())).ConfigureAwait(false);

        var copying = Task.WhenAll(
            CopyAsync(child.Output, "stdout", "INFO", log, ShowOutput),
            CopyAsync(child.Error, "stderr", "ERROR", log, context.Out.RawError));
        var exitCode = await child.WaitAsync(Grace, _time, cancellationToken).ConfigureAwait(false);
        await copying.ConfigureAwait(false);

        await TellAsync(log, Final(exitCode, _time.GetElapsedTime(started), cancellationToken.IsCancellationRequested)).ConfigureAwait(false);
        await ConfirmAsync(upload, cancellationToken).ConfigureAwait(false);
        return exitCode;
    }

    private PublishEvent Final(int exitCode, TimeSpan duration, bool isCancelled)
    {
        var now = _time.GetUtcNow();
        return isCancelled ? JobEvents.Cancelled(jobId, now)
            : exitCode == 0 ? JobEvents.Completed(jobId, now, (long)duration.TotalMilliseconds)
            : JobEvents.Failed(jobId, now, exitCode);
    }

    // With --json standard output is for JSON; the command's own output is in the log lines then.
    private void ShowOutput(ReadOnlySpan<char> text)
    {
        if (!context.Out.IsJson)
        {
            context.Out.Raw(text);
        }
    }

    private static async Task CopyAsync(TextReader from, string stream, string level, JobLog log, ShowText show)
    {
        var lines = new Queue<string>();
        var splitter = new LineSplitter(lines.Enqueue);
        var buffer = new char[ReadSize];
        int read;
        while ((read = await from.ReadAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false)) > 0)
        {
            show(buffer.AsSpan(0, read));
            splitter.Write(buffer.AsSpan(0, read));
            await PublishAsync().ConfigureAwait(false);
        }

        splitter.Complete();
        await PublishAsync().ConfigureAwait(false);

        async Task PublishAsync()
        {
            while (lines.TryDequeue(out var line))
            {
                await log.LineAsync(stream, level, line).ConfigureAwait(false);
            }
        }
    }

    // The command goes on whatever the server says; what it refused is told at the end.
    private async Task TellAsync(JobLog log, PublishEvent state)
    {
        using var limit = new CancellationTokenSource(ConfirmationLimit, _time);
        try
        {
            await log.StateAsync(state, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
        }
    }

    private async Task ConfirmAsync(EventUpload upload, CancellationToken cancellationToken)
    {
        // An interrupt that ended the command leaves a moment to say so; one that comes now gives up.
        var isCancelled = cancellationToken.IsCancellationRequested;
        var limit = isCancelled ? ConfirmationLimitWhenCancelled : ConfirmationLimit;
        try
        {
            await upload.CompleteAsync(CancellationToken.None)
                .WaitAsync(limit, _time, isCancelled ? CancellationToken.None : cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ProtocolErrorException e)
        {
            context.Out.Note($"The server refused the rest of the log: {e.Error.Message} ({e.Error.Code})");
        }
        catch (RealtimeConnectionException e)
        {
            context.Out.Note($"The server did not take the rest of the log: {e.Message}");
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            context.Out.Note($"The server did not confirm the last {upload.Unconfirmed} event(s).");
        }
    }

    private delegate void ShowText(ReadOnlySpan<char> text);
}
