using System.Text.Json;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Cli.Parsing;

/// <summary>Whole events in a file: one JSON object over any number of lines, or one object per line.</summary>
internal static class EventFile
{
    // Far more than a server takes in one request; a safeguard against the wrong file.
    private const int MaxBytes = 64 * 1024 * 1024;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string file, CliHost host, CancellationToken cancellationToken)
    {
        await using var input = Open(file, host);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MaxBytes)
            {
                throw new MisuseException($"{file} has more than {MaxBytes} bytes.");
            }
        }

        return body.ToArray();
    }

    /// <summary>The event, when the file holds exactly one; null when it holds lines.</summary>
    public static PublishEvent? Single(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<PublishEvent>(body.Span, RealtimeJson.Options)
                ?? throw new MisuseException("The file holds no event.");
        }
        catch (JsonException) when (HasManyValues(body.Span))
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new MisuseException($"The file holds neither one event nor one per line: {e.Message}");
        }
    }

    private static bool HasManyValues(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowMultipleValues = true });
            var values = 0;
            while (reader.Read())
            {
                reader.Skip();
                values++;
            }

            return values > 1;
        }
        catch (JsonException)
        {
            // A bad line among many: the server names it.
            return body.Trim("\r\n\t "u8).Contains((byte)'\n');
        }
    }

    private static Stream Open(string file, CliHost host)
    {
        try
        {
            return file == "-" ? host.OpenInput() : File.OpenRead(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{file} cannot be read: {e.Message}");
        }
    }
}
