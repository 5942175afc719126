using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Engine.Acks;

/// <summary>A frame that nobody has acknowledged in time.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Consumer">The consumer that did not; null if none was subscribed.</param>
/// <param name="Attempts">How often it came again.</param>
/// <param name="Reason"><c>unacknowledged</c>, or <c>overflow</c> when too many frames waited.</param>
public sealed record Escalation(FrameEnvelope Frame, ConsumerKey? Consumer, int Attempts, string Reason);
