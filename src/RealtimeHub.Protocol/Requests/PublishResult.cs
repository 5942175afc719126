using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Protocol.Requests;

/// <summary>The answer to a publish: where the event stands, or why it was refused.</summary>
public sealed record PublishResult
{
    /// <summary>The channel.</summary>
    public string? Channel { get; init; }

    /// <summary>The epoch of the channel's log.</summary>
    public string? Epoch { get; init; }

    /// <summary>The offset that the event was given.</summary>
    public long? Sequence { get; init; }

    /// <summary>The id of the event.</summary>
    [JsonPropertyName("eventId")]
    public string? EventId { get; init; }

    /// <summary>Whether this repeats an earlier publish, whose result this is.</summary>
    public bool Duplicate { get; init; }

    /// <summary>Why it was refused; nothing of it was published then.</summary>
    public ProtocolError? Error { get; init; }
}
