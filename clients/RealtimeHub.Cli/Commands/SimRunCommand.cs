using System.CommandLine;
using RealtimeHub.Cli.Simulation;
using RealtimeHub.Protocol.Simulation;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub sim run</c>: starts a run and watches it to its end.</summary>
internal sealed class SimRunCommand
{
    private const int DefaultSteps = 64;
    private const int MaxExactGrid = 512;

    private readonly RunOptions _run = new();
    private readonly Option<string?> _feature = new("--feature") { HelpName = "NAME", Description = "The feature to draw. Default: the first." };
    private readonly Option<FileInfo?> _save = new("--save") { HelpName = "FILE", Description = "Keep the field of every frame as a NumPy file." };
    private readonly Option<FileInfo?> _png = new("--png") { HelpName = "FILE", Description = "Keep the last field as a picture." };

    public static Command Create(CommandRunner runner)
    {
        var run = new SimRunCommand();
        var command = new Command("run", "Start a simulation and watch it. Interrupting stops it.") { run._feature, run._save, run._png };
        run._run.AddTo(command);
        runner.Attach(command, run.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = _run.Start(context.Parsed, DefaultSteps) with { StartPaused = true };
        var run = await context.Client.Simulation.StartRunAsync(request, cancellationToken).ConfigureAwait(false);
        context.Out.Note($"Run {run.RunId}: {run.Model}, {run.GridSize} x {run.GridSize}, seed {run.Seed}.");
        if (run.Turing is { } turing)
        {
            context.Out.Note(turing is { Fulfilled: true, PredictedWavelength: { } wavelength }
                ? FormattableString.Invariant($"Turing patterns form, about {wavelength:0.0} cells long.")
                : "No Turing patterns form with these parameters.");
        }

        var (save, png) = (context.Parsed.GetValue(_save), context.Parsed.GetValue(_png));
        var watch = new RunWatch(context, context.Parsed.GetValue(_feature), keepsAll: save is not null);
        try
        {
            var code = await watch.FollowAsync(Frames(context, run, save is not null || png is not null, cancellationToken)).ConfigureAwait(false);
            Keep(watch, save, png);
            if (watch.Complete is { } complete)
            {
                CompleteWriter.Write(context.Out, complete);
            }

            return code;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await context.Client.Simulation.StopRunAsync(run.RunId, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private static async IAsyncEnumerable<Protocol.Streams.StreamItem> Frames(
        CommandContext context, RunStatus run, bool isFull, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var join = new JoinRunRequest
        {
            RunId = run.RunId,
            Start = "history",
            IncludeFullState = isFull,
            Encoding = run.GridSize > MaxExactGrid ? FieldEncodings.Whole16 : FieldEncodings.Real32,
            Policy = Protocol.Requests.SlowConsumerPolicies.Lossless,
        };
        await foreach (var item in context.Client.Simulation.JoinRunAsync(join, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            yield return item;
            if (item.Subscribed is { Recovered: false })
            {
                // It waits for its first viewer, so that no step goes unseen.
                await context.Client.Simulation.ResumeRunAsync(run.RunId, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void Keep(RunWatch watch, FileInfo? save, FileInfo? png)
    {
        if (watch.Fields.Count == 0)
        {
            return;
        }

        if (save is not null)
        {
            using var stream = save.Create();
            NpyFile.Write(stream, watch.Fields, watch.Shape);
        }

        if (png is not null)
        {
            using var stream = png.Create();
            PngFile.Write(stream, watch.Fields[^1], watch.Shape[1], watch.Shape[0]);
        }
    }
}
