using System.CommandLine;
using RealtimeHub.Cli.Simulation;
using RealtimeHub.Client.Hubs;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub sim verify</c>: computes a run again from its recipe and compares the checksums.</summary>
internal sealed class SimVerifyCommand
{
    private const int PageSize = 1_000;

    private readonly Argument<string> _run = new("run") { Description = "The run." };
    private readonly Option<long?> _step = new("--step") { HelpName = "N", Description = "Compare this step only. Default: every step that the server keeps." };

    public static Command Create(CommandRunner runner)
    {
        var verify = new SimVerifyCommand();
        var command = new Command("verify", "Compute a run again from its recipe and compare. Exits with 0 when every checksum is the same.") { verify._run, verify._step };
        runner.Attach(command, verify.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var runId = context.Parsed.GetRequiredValue(_run);

        // The checksums first: what is steered afterwards belongs to later steps.
        var published = await ChecksumsAsync(context, runId, cancellationToken).ConfigureAwait(false);
        var run = await context.Client.Simulation.DescribeRunAsync(runId, cancellationToken).ConfigureAwait(false);
        if (context.Parsed.GetValue(_step) is { } only)
        {
            published = published.TryGetValue(only, out var checksum)
                ? new SortedDictionary<long, string> { [only] = checksum }
                : throw new MisuseException($"The server keeps no state of step {only} of {runId}.");
        }

        if (published.Count == 0)
        {
            throw new MisuseException($"The server keeps no states of {runId}.");
        }

        var wrong = Compare(run.Recipe!, published, cancellationToken).ToList();
        var verdict = new Verdict(runId, published.Count, published.Keys.Last(), wrong.Count == 0, wrong.Count == 0 ? null : wrong[0]);
        if (context.Out.IsJson)
        {
            context.Out.Json(verdict);
        }
        else
        {
            context.Out.Raw(wrong.Count == 0
                ? $"{runId}: {published.Count} checksum(s) up to step {verdict.LastStep} are the same.\n"
                : $"{runId}: {wrong.Count} of {published.Count} checksum(s) differ, the first at step {wrong[0]}.\n");
        }

        return wrong.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static IEnumerable<long> Compare(RunRecipe recipe, SortedDictionary<long, string> published, CancellationToken cancellationToken)
    {
        var simulator = new Simulator(RunRecipes.ToScience(recipe), Environment.ProcessorCount);
        foreach (var (step, checksum) in published)
        {
            while (simulator.Step < step)
            {
                cancellationToken.ThrowIfCancellationRequested();
                simulator.Advance((int)Math.Min(step - simulator.Step, 64));
            }

            if (QuantisedField.Checksum(simulator.Fields, simulator.Recipe.Model.Observed) != checksum)
            {
                yield return step;
            }
        }
    }

    private static async Task<SortedDictionary<long, string>> ChecksumsAsync(CommandContext context, string runId, CancellationToken cancellationToken)
    {
        var checksums = new SortedDictionary<long, string>();
        long? from = null;
        do
        {
            var page = await context.Client.Channels.HistoryAsync(SimulationClient.ChannelOf(runId), from, PageSize, false, cancellationToken).ConfigureAwait(false);
            foreach (var frame in page.Frames)
            {
                if (ChecksumOf(frame) is var (step, checksum))
                {
                    checksums[step] = checksum;
                }
            }

            from = page.Next;
        }
        while (from is not null);
        return checksums;
    }

    private static (long Step, string Checksum)? ChecksumOf(FrameEnvelope frame) => frame.Type switch
    {
        SimulationTypes.State when frame.Payload.To(RealtimeJsonContext.Default.SimulationState) is { } state => (state.Step, state.Checksum),
        SimulationTypes.Complete when frame.Payload.To(RealtimeJsonContext.Default.SimulationComplete) is { } complete => (complete.Step, complete.Checksum),
        _ => null,
    };

    private sealed record Verdict(string RunId, int Compared, long LastStep, bool IsSame, long? FirstDifference);
}
