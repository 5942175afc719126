namespace RealtimeHub.Protocol.Workspace;

/// <summary>What one connection of a person shows of itself.</summary>
/// <param name="Ref">Unique per connection and channel.</param>
/// <param name="Metadata">The facts that it gave.</param>
public sealed record PresenceMeta(string Ref, IReadOnlyDictionary<string, string>? Metadata);
