namespace RealtimeHub.Engine.Presence;

/// <summary>What one connection shows of itself.</summary>
/// <param name="Ref">Unique per connection and channel.</param>
/// <param name="Metadata">The facts that it gave.</param>
public sealed record PresentConnection(string Ref, IReadOnlyDictionary<string, string>? Metadata);
