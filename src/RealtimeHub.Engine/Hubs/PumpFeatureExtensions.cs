using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Pumps;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Notices;

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

    /// <summary>Ends the connection with a notice; false while it has not shaken hands, so that nothing could be told.</summary>
    /// <param name="features">The connection's features.</param>
    /// <param name="reason">Why.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="retryAfterMs">When to come back.</param>
    /// <param name="isPatient">Whether what is waiting is delivered first.</param>
    public static bool TryClose(
        this IFeatureCollection features, CloseReason reason, string message, long? retryAfterMs = null, bool isPatient = false)
    {
        if (features.Get<ConnectionPump>() is not { } pump)
        {
            return false;
        }

        pump.Close(new CloseOrder(reason, message, retryAfterMs, isPatient));
        return true;
    }

    /// <summary>Tells the connection what no call can answer.</summary>
    public static void Tell(this IFeatureCollection features, ErrorNotice notice) =>
        features.Get<ConnectionPump>()?.Tell(new InvocationMessage(nameof(IRealtimeClient.Error), [notice]));

    /// <summary>Tells the connection how long its credential lasts.</summary>
    public static void Tell(this IFeatureCollection features, CredentialTerm term) =>
        features.Get<ConnectionPump>()?.Tell(new InvocationMessage(nameof(IRealtimeClient.CredentialTerm), [term]));

    /// <summary>What was done for the connection so far.</summary>
    public static ConnectionTotals Totals(this IFeatureCollection features) => features.Get<ConnectionPump>() is { } pump
        ? new ConnectionTotals(pump.Delivered, pump.Lost, pump.Order?.Reason.Code)
        : default;

    /// <summary>Whether every subscription and stream of the connection has been given all there is.</summary>
    public static bool IsCaughtUp(this IFeatureCollection features) =>
        features.Get<ConnectionPump>() is not { } pump
        || (Array.TrueForAll(pump.Subscriptions.Snapshot(), s => s.Cursor.Lag == 0) && pump.Streams.AreCaughtUp);

    internal static ConnectionPump Pump(this HubCallerContext connection) =>
        connection.Features.Get<ConnectionPump>()
        ?? throw new InvalidOperationException("The hub was not registered with AddChannelEngine: its connections have no pump.");
}
