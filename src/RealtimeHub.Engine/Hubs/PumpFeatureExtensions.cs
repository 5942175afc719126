using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Protocol.Errors;

namespace RealtimeHub.Engine.Hubs;

/// <summary>Finds the engine's side of a hub connection.</summary>
public static class PumpFeatureExtensions
{
    /// <summary>Ends the connection with a notice that says why and whether to come back.</summary>
    public static void Close(this HubCallerContext connection, CloseReason reason, string message) => connection.Pump().Close(reason, message);

    /// <summary>Notes that a call is at work, which keeps the connection from being idle.</summary>
    public static void CallBegins(this HubCallerContext connection) => connection.Pump().CallBegins();

    /// <summary>Ends what <see cref="CallBegins"/> began.</summary>
    public static void CallEnds(this HubCallerContext connection) => connection.Pump().CallEnds();

    internal static ConnectionPump Pump(this HubCallerContext connection) =>
        connection.Features.Get<ConnectionPump>()
        ?? throw new InvalidOperationException("The hub was not registered with AddChannelEngine: its connections have no pump.");
}
