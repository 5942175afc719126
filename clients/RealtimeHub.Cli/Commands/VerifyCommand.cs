using System.CommandLine;
using System.Text.Json;
using RealtimeHub.Cli.Climate;
using RealtimeHub.Cli.Parsing;
using RealtimeHub.Cli.Simulation;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub verify</c>: whether a frame is what it says: here, by its checksum, or by having the server compute it again.</summary>
internal sealed class VerifyCommand
{
    private readonly Argument<string> _frame = new("frame") { Description = $"{FrameReader.Names}; with --remote also the activity of a frame (urn:kfm:activity:…)." };
    private readonly Option<bool> _remote = new("--remote") { Description = "Have the server compute a climate frame again, and compare." };

    public static Command Create(CommandRunner runner)
    {
        var verify = new VerifyCommand();
        var command = new Command(
            "verify", "Check the numbers of a climate frame against its checksum, or compute a finished simulation again.") { verify._frame, verify._remote };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(verify._remote) && result.GetValue(verify._frame)?.StartsWith("urn:", StringComparison.Ordinal) == true)
            {
                result.AddError("An activity has no numbers to check here; add --remote, and the server computes the frame again.");
            }
        });
        runner.Attach(command, verify.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Parsed.GetRequiredValue(_frame);
        var frame = given.StartsWith("urn:", StringComparison.Ordinal) ? null : await FrameReader.ReadAsync(context, given, cancellationToken).ConfigureAwait(false);
        var local = frame is null ? null : Check(frame, cancellationToken);
        if (!context.Parsed.GetValue(_remote))
        {
            return Report(context, local ?? throw new MisuseException($"Frames of type {frame!.Type} have no checksum; climate frames and simulation_complete do."));
        }

        if (local?.Matches == false)
        {
            context.Out.Note("The numbers of the frame are not those that its checksum is of.");
        }

        var request = frame is null ? new VerifyRequest { Activity = given } : new VerifyRequest { Recipe = RecipeOf(frame), Multihash = frame.Checksums?.Multihash };
        var result = await context.Client.Climate.VerifyAsync(request, cancellationToken).ConfigureAwait(false);
        if (context.Out.IsJson)
        {
            context.Out.Json(result);
        }
        else
        {
            context.Out.Raw($"{(result.Matches ? "reproduced" : "NOT REPRODUCED")}  expected {result.Expected}  computed {result.Computed}\n");
        }

        return result.Matches && local?.Matches != false ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static Verdict? Check(FrameEnvelope frame, CancellationToken cancellationToken)
    {
        if (frame.Checksums is { } checksums)
        {
            return new Verdict("checksum", checksums.Multihash, ClimateView.MultihashOf(frame));
        }

        if (frame.Type != SimulationTypes.Complete || frame.Payload.To(RealtimeJsonContext.Default.SimulationComplete) is not { } complete)
        {
            return null;
        }

        var simulator = new Simulator(RunRecipes.ToScience(complete.Recipe), Environment.ProcessorCount);
        while (simulator.Step < complete.Step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            simulator.Advance((int)Math.Min(complete.Step - simulator.Step, 64));
        }

        return new Verdict("computed again", complete.Checksum, QuantisedField.Checksum(simulator.Fields, simulator.Recipe.Model.Observed));
    }

    private static int Report(CommandContext context, Verdict verdict)
    {
        if (context.Out.IsJson)
        {
            context.Out.Json(verdict);
        }
        else
        {
            context.Out.Raw($"{(verdict.Matches ? "intact" : "NOT INTACT")} ({verdict.By})  expected {verdict.Expected}  computed {verdict.Computed}\n");
        }

        return verdict.Matches ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static FrameRecipe? RecipeOf(FrameEnvelope frame) => frame.Payload.ToElement().TryGetProperty("recipe", out var recipe) && frame.Checksums is not null
        ? recipe.Deserialize(RealtimeJsonContext.Default.FrameRecipe)
        : throw new MisuseException("Only climate frames have a recipe that the server can compute again; runs are checked by rthub sim verify.");

    private sealed record Verdict(string By, string Expected, string Computed)
    {
        public bool Matches => Expected == Computed;
    }
}
