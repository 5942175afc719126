using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Server.Hubs.Climate.Channels;

/// <summary>What became of an attempt to make a frame.</summary>
/// <param name="Error">Why there is none; null when it was made, or none was due.</param>
internal readonly record struct FrameOutcome(ProtocolError? Error);
