using System.CommandLine;
using RealtimeHub.Cli.Explaining;
using RealtimeHub.Cli.Parsing;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub explain</c>: policy, lineage, inputs and attribution of a frame.</summary>
internal sealed class ExplainCommand
{
    private readonly Argument<string> _frame = new("frame") { Description = $"The activity of a frame (urn:kfm:activity:…), {FrameReader.Names}." };

    public static Command Create(CommandRunner runner)
    {
        var explain = new ExplainCommand();
        var command = new Command("explain", "Tell where a frame comes from: policy, lineage, inputs, and what the prediction rests on.") { explain._frame };
        runner.Attach(command, explain.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Parsed.GetRequiredValue(_frame);
        var activity = given.StartsWith("urn:", StringComparison.Ordinal) ? given : null;
        var frame = activity is null ? await FrameReader.ReadAsync(context, given, cancellationToken).ConfigureAwait(false) : null;
        var explanation = await new FrameExplainer(context.Client).ExplainAsync(frame, activity, cancellationToken).ConfigureAwait(false);
        if (context.Out.IsJson)
        {
            context.Out.Json(explanation);
        }
        else
        {
            ExplanationWriter.Write(context.Out, explanation);
        }

        return explanation is { Intact: not false, Frame: not null } or { Intact: not false, Lineage: not null } ? ExitCodes.Done : ExitCodes.Failed;
    }
}
