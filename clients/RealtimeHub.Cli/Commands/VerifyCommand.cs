using System.CommandLine;
using System.Text.Json;
using RealtimeHub.Cli.Climate;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Commands;

/// <summary><c>rthub verify</c>: has the server compute a frame again, and compares.</summary>
internal sealed class VerifyCommand
{
    private readonly Argument<string> _frame = new("frame")
    {
        Description = "The activity of a frame (urn:kfm:activity:…), or a file with a frame as --json writes it; - reads standard input.",
    };

    public static Command Create(CommandRunner runner)
    {
        var verify = new VerifyCommand();
        var command = new Command("verify", "Have a climate frame computed again, and compare.") { verify._frame };
        runner.Attach(command, verify.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Parsed.GetRequiredValue(_frame);
        var frame = given.StartsWith("urn:", StringComparison.Ordinal) ? null : await ReadAsync(context, given, cancellationToken).ConfigureAwait(false);
        var isIntact = frame is null || ClimateView.IsIntact(frame);
        if (!isIntact)
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
            context.Out.Data(new Spectre.Console.Text($"{(result.Matches ? "reproduced" : "NOT REPRODUCED")}  expected {result.Expected}  computed {result.Computed}\n"));
        }

        return result.Matches && isIntact ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<FrameEnvelope> ReadAsync(CommandContext context, string file, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(file == "-" ? context.Host.OpenInput() : File.OpenRead(file));
            var text = await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);

            // What --json writes are items; the first frame among them is meant. A frame by itself will do, too.
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (JsonSerializer.Deserialize<JsonElement>(line) is { ValueKind: JsonValueKind.Object } json)
                {
                    var frame = json.TryGetProperty("kind", out _) ? json.Deserialize<StreamItem>(RealtimeJson.Options)?.Frame : json.Deserialize<FrameEnvelope>(RealtimeJson.Options);
                    if (frame is not null)
                    {
                        return frame;
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{file} cannot be read as a frame: {e.Message}");
        }

        throw new MisuseException($"{file} holds no frame.");
    }

    private static FrameRecipe? RecipeOf(FrameEnvelope frame)
    {
        var payload = frame.Payload.ToElement();
        return payload.TryGetProperty("recipe", out var recipe) ? recipe.Deserialize(RealtimeJsonContext.Default.FrameRecipe) : throw new MisuseException("The frame has no recipe.");
    }
}
