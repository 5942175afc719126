using Microsoft.AspNetCore.SignalR;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Provenance;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>What is kept of a connection that asks for climate channels: its session's lineage, its streams, and how often in a row it was refused. Thread-safe.</summary>
internal sealed class ClimateConnections(ClimateSubscriptions climate, SubscriptionService subscriptions, ProvenanceStore activities)
{
    // A client that only ever asks nonsense is told so so many times; then the session ends.
    private const int MaxRefusalsInRow = 50;
    private const string Refusals = "climate.refusals";
    private const string Session = "climate.session";

    public void Begin(HubCallerContext connection, Principal principal)
    {
        connection.Features.Set(new StreamSeats());
        connection.Items[Session] = activities.BeginSession(Guid.NewGuid().ToString("N"), principal.Id);
    }

    public void End(HubCallerContext connection) => SessionOf(connection)?.End();

    /// <summary>The streams that a connection reads.</summary>
    public static StreamSeats SeatsOf(HubCallerContext connection) => connection.Features.Get<StreamSeats>()!;

    /// <summary>Checks what a connection asks for, and takes the channel up. A stream has taken its seat before.</summary>
    public async Task<(ClimateOpened? Opened, ProtocolError? Error)> OpenAsync(
        HubCallerContext connection, Principal principal, SubscribeClimateRequest request, ClimateAsk ask, bool isStream = false)
    {
        if (climate.Plan(ask, principal, request.From, out var plan) is { } error)
        {
            CountRefusal(connection);
            Book(connection, ask.RefusedBy);
            return (null, error);
        }

        connection.Items[Refusals] = 0;
        var name = plan!.Spec.ToChannelName();
        if ((subscriptions.CheckRoom(connection, name) ?? CheckShare(connection, plan.Spec.Kind, name, isStream)) is { } full)
        {
            return (null, full);
        }

        try
        {
            var opened = await climate.OpenAsync(plan, connection.ConnectionAborted);
            Book(connection, opened.Opened?.Channel.NewestActivity);
            return opened;
        }
        catch (OperationCanceledException) when (connection.ConnectionAborted.IsCancellationRequested)
        {
            // Who has gone is told nothing; neither is the log.
            return (null, ErrorCodes.Unavailable.With("The connection is closing."));
        }
    }

    /// <summary>Notes what was made for a session, or what refused it, as part of its lineage.</summary>
    public static void Book(HubCallerContext connection, string? activity)
    {
        if (activity is not null)
        {
            SessionOf(connection)?.Add(activity);
        }
    }

    private static SessionActivity? SessionOf(HubCallerContext connection) =>
        connection.Items.TryGetValue(Session, out var session) ? session as SessionActivity : null;

    private ProtocolError? CheckShare(HubCallerContext connection, string kind, ChannelName name, bool isStream)
    {
        if (climate.MaxOf(kind) is not { } max)
        {
            return null;
        }

        var held = SubscriptionService.CountOthers(connection, ClimateFamilies.Of(kind), name) + SeatsOf(connection).CountOf(kind) - (isStream ? 1 : 0);
        var limit = $"{max} channels of kind {kind} per connection";
        return held < max ? null : ErrorCodes.MaxSubscriptionsReached.With($"The connection follows {held}; the limit is {limit}.") with
        {
            Details = new ErrorDetails { Limit = limit },
        };
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
