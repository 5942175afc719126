using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Provenance;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>What is kept of a connection that asks for climate channels: its session's lineage, and how often in a row it was refused. Thread-safe.</summary>
internal sealed class ClimateConnections(ClimateSubscriptions climate, SubscriptionService subscriptions, ProvenanceStore activities)
{
    // A client that only ever asks nonsense is told so so many times; then the session ends.
    private const int MaxRefusalsInRow = 50;
    private const string Refusals = "climate.refusals";
    private const string Session = "climate.session";

    public void Begin(HubCallerContext connection, Principal principal) =>
        connection.Items[Session] = activities.BeginSession(Guid.NewGuid().ToString("N"), principal.Id);

    public void End(HubCallerContext connection) => (connection.Items.TryGetValue(Session, out var session) ? session as SessionActivity : null)?.End();

    /// <summary>Checks what a connection asks for, and takes the channel up.</summary>
    public async Task<(ClimateOpened? Opened, ProtocolError? Error)> OpenAsync(
        HubCallerContext connection, Principal principal, SubscribeClimateRequest request, ClimateAsk ask)
    {
        if (climate.Plan(ask, principal, request.From, out var plan) is { } error)
        {
            CountRefusal(connection);
            return (null, error);
        }

        connection.Items[Refusals] = 0;
        if (subscriptions.CheckRoom(connection, plan!.Spec.ToChannelName()) is { } full)
        {
            return (null, full);
        }

        var opened = await climate.OpenAsync(plan, connection.ConnectionAborted);
        if (opened.Opened?.Channel.NewestActivity is { } activity)
        {
            (connection.Items[Session] as SessionActivity)?.Add(activity);
        }

        return opened;
    }

    private static void CountRefusal(HubCallerContext connection)
    {
        var count = (connection.Items.TryGetValue(Refusals, out var value) && value is int before ? before : 0) + 1;
        connection.Items[Refusals] = count;
        if (count >= MaxRefusalsInRow)
        {
            connection.Close(CloseReasons.SessionClosed, $"{count} requests in a row were refused.");
        }
    }
}
