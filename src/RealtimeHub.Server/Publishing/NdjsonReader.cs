using System.Buffers;
using System.Globalization;
using System.Text.Json;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Server.Publishing;

/// <summary>Reads the body of a publish request: one JSON object, or one per line. Bounded by the options.</summary>
internal static class NdjsonReader
{
    /// <summary>Reads a whole body, at most so many bytes; null if there are more.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > maxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Splits and parses a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isNdjson">Whether each line is an event.</param>
    /// <param name="options">How events are read.</param>
    /// <param name="maxEvents">At most so many events.</param>
    /// <param name="errors">Gets what cannot be parsed.</param>
    public static List<PublishEvent> Parse(
        ReadOnlySpan<byte> body, bool isNdjson, JsonSerializerOptions options, int maxEvents, List<FieldError> errors)
    {
        var events = new List<PublishEvent>();
        if (!isNdjson)
        {
            Add(body, "body", options, events, errors);
            return events;
        }

        var line = 0;
        foreach (var range in body.Split((byte)'\n'))
        {
            line++;
            var text = body[range].Trim(" \r\t"u8);
            if (text.IsEmpty)
            {
                continue;
            }

            if (events.Count == maxEvents)
            {
                errors.Add(new FieldError("body", "There are too many events.", null, string.Create(CultureInfo.InvariantCulture, $"at most {maxEvents}")));
                break;
            }

            Add(text, string.Create(CultureInfo.InvariantCulture, $"line {line}"), options, events, errors);
        }

        return events;
    }

    private static void Add(ReadOnlySpan<byte> text, string where, JsonSerializerOptions options, List<PublishEvent> events, List<FieldError> errors)
    {
        try
        {
            events.Add(JsonSerializer.Deserialize<PublishEvent>(text, options)!);
        }
        catch (JsonException exception)
        {
            errors.Add(new FieldError(where, $"This is not valid JSON: {exception.Message}", FieldError.Preview(System.Text.Encoding.UTF8.GetString(text[..Math.Min(text.Length, 200)])), "a JSON object"));
        }
    }
}
