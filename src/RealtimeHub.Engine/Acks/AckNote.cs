using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Engine.Acks;

/// <summary>What a node tells the others of the acknowledgements on one channel.</summary>
/// <param name="Node">The node.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Epoch">The epoch of its log; offsets of another one mean nothing.</param>
/// <param name="User">The consumer's user.</param>
/// <param name="Name">The consumer's name.</param>
internal sealed record AckNote(string Node, string Channel, string Epoch, string User, string Name)
{
    /// <summary>The offsets that were acknowledged; null where a consumer has come, or wants other frames now.</summary>
    public IReadOnlyList<long>? Acknowledged { get; init; }

    /// <summary>Where the consumer's obligations begin.</summary>
    public long Start { get; init; }

    public IReadOnlyList<string>? Patterns { get; init; }

    public TagFilter? Tags { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(AckNote))]
internal sealed partial class AckNoteJsonContext : JsonSerializerContext;
