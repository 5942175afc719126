using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeHub.Engine.Channels;

/// <summary>A raw hub send, encoded.</summary>
/// <param name="Message">Its bytes per protocol.</param>
/// <param name="SizeBytes">The size of the largest encoding.</param>
/// <param name="Protocols">The protocols spoken when it was made. Who speaks another was not connected, and is not sent it.</param>
internal sealed record EncodedSend(SerializedHubMessage Message, int SizeBytes, IReadOnlyList<IHubProtocol> Protocols);
