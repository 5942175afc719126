using System.CommandLine;
using RealtimeHub.Cli.Output;
using RealtimeHub.Client.Accounting;
using RealtimeHub.Client.Hubs;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Jobs;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub jobs tail</c>: one job's log, to its end; the exit code says how the job ended.</summary>
internal sealed class JobsTailCommand
{
    private const int MaxPage = 1_000;

    private readonly Argument<string> _id = new("id") { Description = "The job." };
    private readonly Option<int?> _last = new("--last") { HelpName = "N", Description = "Start with the last N lines. Default: the first line kept." };
    private readonly Option<bool> _follow = new("--follow") { Description = "Wait for the job to end; the default." };
    private readonly Option<bool> _noFollow = new("--no-follow") { Description = "Show what there is and end." };

    public static Command Create(CommandRunner runner)
    {
        var tail = new JobsTailCommand();
        var command = new Command("tail", "Show a job's log. Exits with 0 when the job completed, with 1 when it failed or was cancelled.")
        {
            tail._id, tail._last, tail._follow, tail._noFollow,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(tail._follow) is not null && result.GetResult(tail._noFollow) is not null)
            {
                result.AddError("Give at most one of --follow and --no-follow.");
            }
        });
        runner.Attach(command, tail.RunAsync);
        return command;
    }

    private Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var jobId = context.Parsed.GetRequiredValue(_id);
        var last = context.Parsed.GetValue(_last);
        return context.Parsed.GetValue(_noFollow)
            ? ShowAsync(context, jobId, last, cancellationToken)
            : FollowAsync(context, new SubscribeJobRequest { JobId = jobId, Last = last }, cancellationToken);
    }

    private static async Task<int> FollowAsync(CommandContext context, SubscribeJobRequest request, CancellationToken cancellationToken)
    {
        var writer = new ItemWriter(context.Out, JobLine.Of);
        var coverage = new Coverage();
        var state = JobStates.Running;
        ConnectionWriter.Attach(context.Client.Jobs, context.Out);
        try
        {
            await foreach (var item in context.Client.Jobs.StreamLogsAsync(request, coverage, cancellationToken).ConfigureAwait(false))
            {
                writer.Write(item);
                state = item.Error is not null ? JobStates.Failed : StateAfter(item.Frame, state);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever stops watching knows that the job has not ended.
        }

        var totals = coverage.Totals();
        if (totals.LostCount + totals.SkippedCount + totals.Missing + totals.EpochChanges > 0)
        {
            CoverageWriter.Write(context.Out, coverage);
        }

        return ExitCodeOf(state);
    }

    private static async Task<int> ShowAsync(CommandContext context, string jobId, int? last, CancellationToken cancellationToken)
    {
        var channel = JobsClient.ChannelOf(jobId);
        var state = JobStates.Running;
        var from = last is { } count ? await FirstOfLastAsync(context, channel, count, cancellationToken).ConfigureAwait(false) : null;
        do
        {
            var page = await context.Client.Channels.HistoryAsync(channel, from, MaxPage, false, cancellationToken).ConfigureAwait(false);
            foreach (var frame in page.Frames.Where(_ => last != 0))
            {
                state = StateAfter(frame, state);
                Write(context, frame);
            }

            from = page.Next;
        }
        while (from is not null);
        return ExitCodeOf(state);
    }

    private static async Task<long?> FirstOfLastAsync(CommandContext context, string channel, int count, CancellationToken cancellationToken)
    {
        var page = await context.Client.Channels.HistoryAsync(channel, null, 1, true, cancellationToken).ConfigureAwait(false);
        return Math.Max(page.Oldest, page.Position.Offset - count + 1);
    }

    private static void Write(CommandContext context, FrameEnvelope frame)
    {
        if (context.Out.IsJson)
        {
            context.Out.Json(new StreamItem { Kind = StreamItemKinds.Frame, Frame = frame });
        }
        else
        {
            context.Out.Line(JobLine.Of(frame));
        }
    }

    private static string StateAfter(FrameEnvelope? frame, string state) =>
        frame is null ? state : JobEvents.FinalState(frame.Type) ?? state;

    private static int ExitCodeOf(string state) => state is JobStates.Failed or JobStates.Cancelled ? ExitCodes.Failed : ExitCodes.Done;
}
