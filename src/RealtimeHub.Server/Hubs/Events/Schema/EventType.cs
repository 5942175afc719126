using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Hubs.Events.Schema;

/// <summary>One type of event: how it is called, what its payload has to hold, and how it is filed. Immutable.</summary>
internal sealed class EventType
{
    private const string Root = "payload";

    // The wire's own encoder, so that a payload is spelled alike wherever it was encoded.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public EventType(string canonicalName, string channelTag, ConflationRule? conflation, FieldRule[] fields, string[][]? alternatives = null)
    {
        CanonicalName = canonicalName;
        ChannelTag = channelTag;
        Conflation = conflation;
        Shape = new PayloadShape(fields, alternatives);
    }

    /// <summary>The dotted name that goes out.</summary>
    public string CanonicalName { get; }

    /// <summary>The channel of the event registry; here a tag.</summary>
    public string ChannelTag { get; }

    /// <summary>What it is the state of; nothing for what happened once.</summary>
    public ConflationRule? Conflation { get; }

    /// <summary>Whether only the server itself says this.</summary>
    public bool IsServerOnly { get; init; }

    /// <summary>Other spellings, beside the name with underscores for dots.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public PayloadShape Shape { get; }

    /// <summary>Adds an error for everything that is wrong with the payload, up to <see cref="PayloadShape.MaxErrors"/>.</summary>
    /// <returns>Whether the payload is accepted.</returns>
    public bool Validate(JsonElement payload, List<FieldError> errors)
    {
        var before = errors.Count;
        if (payload.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new FieldError(Root, $"{Root} must be an object.", payload.ValueKind.ToString()));
        }
        else if (!JsonTextCheck.IsUnicode(JsonMarshal.GetRawUtf8Value(payload)))
        {
            errors.Add(new FieldError(Root, $"{Root} holds a string that is not valid Unicode."));
        }
        else
        {
            Shape.Check(payload, Root, errors);
        }

        return errors.Count == before;
    }

    /// <summary>The payload as subscribers get it: compact, words of a set in lower case, members that may be null filled in.</summary>
    /// <remarks>Only for payloads that <see cref="Validate"/> has accepted.</remarks>
    public JsonPayload Normalise(JsonElement payload)
    {
        var buffer = new ArrayBufferWriter<byte>(JsonMarshal.GetRawUtf8Value(payload).Length + 64);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Shape.Write(writer, payload);
        }

        return JsonPayload.FromValidUtf8(buffer.WrittenMemory);
    }
}
