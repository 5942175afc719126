using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeHub.Engine.Hubs;

/// <summary>A raw hub send, or what belongs to one, on its way to all nodes.</summary>
internal sealed record NodeSend
{
    /// <summary>What it is, from <see cref="NodeSendKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The groups, users or connections.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    public IReadOnlyList<string>? Excluded { get; init; }

    /// <summary>The message's bytes by the name of each protocol.</summary>
    public Dictionary<string, byte[]>? Encodings { get; init; }

    public string? Connection { get; init; }

    /// <summary>The id of a call that waits for a result; unique among all nodes.</summary>
    public string? Call { get; init; }

    /// <summary>By what the sender knows that it has heard it itself.</summary>
    public string? Token { get; init; }

    public bool HasResult { get; init; }

    public JsonElement? Result { get; init; }

    public string? Error { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(NodeSend))]
internal sealed partial class NodeSendJsonContext : JsonSerializerContext;
