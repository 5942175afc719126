using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Channels;

/// <summary>An envelope that a shared store has given its place.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="AppendedAt">When the store took it, UTC by the store's clock.</param>
/// <param name="Envelope">What was published.</param>
public readonly record struct PlacedEnvelope(long Offset, DateTimeOffset AppendedAt, Envelope Envelope);
