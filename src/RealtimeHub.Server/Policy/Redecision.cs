using RealtimeHub.Protocol.Channels;

namespace RealtimeHub.Server.Policy;

/// <summary>Another decision on a running channel, made by a new policy.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Before">What held.</param>
/// <param name="After">What holds.</param>
/// <param name="IsShown">Whether anything is shown of it.</param>
internal sealed record Redecision(ChannelName Channel, CareDecision Before, CareDecision After, bool IsShown);
