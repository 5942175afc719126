using System.Text.Json.Serialization;
using RealtimeHub.Protocol.Json;

namespace RealtimeHub.Server.Hubs.Workspace;

/// <summary>What a node tells the others of who is connected to it.</summary>
/// <param name="Node">The node.</param>
/// <param name="Kind"><c>join</c>, <c>leave</c>, <c>roster</c> with everybody who is there, or <c>hello</c>, which asks the others for their rosters.</param>
internal sealed record PresenceEntry(string Node, string Kind)
{
    public PresentHere? Here { get; init; }

    public bool IsAbrupt { get; init; }

    public IReadOnlyList<PresentHere>? Roster { get; init; }
}

/// <summary>One connection in one channel.</summary>
internal sealed record PresentHere(string Channel, string Connection, string User, string Ref, DateTimeOffset Since, IReadOnlyDictionary<string, string>? Metadata);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(PresenceEntry))]
internal sealed partial class PresenceJsonContext : JsonSerializerContext;
