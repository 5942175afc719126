using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeHub.Engine.Plain;

/// <summary>The order to a pump to have its connection's encoder beat.</summary>
internal sealed class PlainBeat : HubMessage
{
    public static PlainBeat Instance { get; } = new();
}
