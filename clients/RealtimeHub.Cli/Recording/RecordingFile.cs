using System.Runtime.CompilerServices;
using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Cli.Recording;

/// <summary>A recording: lines of JSON, the first of which says what it is of. What <c>--json</c> of other commands writes can be read as one, too.</summary>
internal static class RecordingFile
{
    public const int Version = 1;

    /// <summary>The frames of a recording, in their order.</summary>
    /// <exception cref="MisuseException">The file cannot be read, or holds something else.</exception>
    public static async IAsyncEnumerable<FrameEnvelope> FramesAsync(
        CliHost host, string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = Open(host, file);
        var number = 0;
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            if (line.Length > 0 && FrameOf(file, number, line) is { } frame)
            {
                yield return frame;
            }
        }
    }

    /// <summary>Where a recording ends, so that it can be gone on with; null when it holds no frame.</summary>
    public static async Task<StreamPosition?> EndAsync(CliHost host, string file, CancellationToken cancellationToken)
    {
        StreamPosition? end = null;
        await foreach (var frame in FramesAsync(host, file, cancellationToken).ConfigureAwait(false))
        {
            end = frame.Position;
        }

        return end;
    }

    private static StreamReader Open(CliHost host, string file)
    {
        try
        {
            return new StreamReader(file == "-" ? host.OpenInput() : File.OpenRead(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{file} cannot be read: {e.Message}");
        }
    }

    private static FrameEnvelope? FrameOf(string file, int number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new MisuseException($"{file}:{number} is no line of a recording.");
            }

            var version = root.TryGetProperty("recording", out var given) ? given.GetInt32() : Version;
            return version != Version ? throw new MisuseException($"{file} is a recording of version {version}; this rthub reads version {Version}.")
                : root.TryGetProperty("kind", out _) ? root.Deserialize<StreamItem>(RealtimeJson.Options)?.Frame
                : root.TryGetProperty("payload", out _) ? root.Deserialize<FrameEnvelope>(RealtimeJson.Options)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new MisuseException($"{file}:{number} is no line of a recording: {e.Message}");
        }
    }
}
