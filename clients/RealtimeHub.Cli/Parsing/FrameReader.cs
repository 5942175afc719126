using System.Globalization;
using RealtimeHub.Cli.Recording;
using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Cli.Parsing;

/// <summary>Finds the frame that an argument names: the first of a file, or one that a channel still keeps.</summary>
internal static class FrameReader
{
    /// <summary>How a frame can be named, for help.</summary>
    public const string Names = "a file with a frame as --json writes it (- reads standard input), or CHANNEL@SEQUENCE";

    /// <exception cref="MisuseException">There is no such frame.</exception>
    public static async Task<FrameEnvelope> ReadAsync(CommandContext context, string given, CancellationToken cancellationToken)
    {
        if (given != "-" && !File.Exists(given) && given.LastIndexOf('@') is > 0 and var at
            && long.TryParse(given.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            var page = await context.Client.Channels.HistoryAsync(given[..at], sequence, 1, false, cancellationToken).ConfigureAwait(false);
            return page.Frames is [var kept] && kept.Sequence == sequence
                ? kept
                : throw new MisuseException($"{given[..at]} keeps frames {page.Oldest} to {page.Position.Offset}, not {sequence}.");
        }

        await foreach (var frame in RecordingFile.FramesAsync(context.Host, given, cancellationToken).ConfigureAwait(false))
        {
            return frame;
        }

        throw new MisuseException($"{given} holds no frame.");
    }
}
