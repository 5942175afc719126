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
    private const string Seats = "climate.seats";

    public void Begin(HubCallerContext connection, Principal principal)
    {
        connection.Items[Seats] = new StreamSeats();
        connection.Items[Session] = activities.BeginSession(Guid.NewGuid().ToString("N"), principal.Id);
    }

    public void End(HubCallerContext connection) => Find<SessionActivity>(connection, Session)?.End();

    /// <summary>Counts a stream of a kind until the result is disposed.</summary>
    public IDisposable? BeginStream(HubCallerContext connection, string kind) => Find<StreamSeats>(connection, Seats)?.Take(kind);

    /// <summary>Checks what a connection asks for, and takes the channel up.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="principal">Who asks.</param>
    /// <param name="request">The request.</param>
    /// <param name="ask">The same in the form that is checked.</param>
    /// <param name="isStream">Whether it is for a stream, which has been counted before.</param>
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

    /// <summary>Makes what was made for the session, or refused it something, a part of its lineage.</summary>
    public void Book(HubCallerContext connection, string? activity)
    {
        if (activity is not null)
        {
            Find<SessionActivity>(connection, Session)?.Add(activity);
        }
    }

    private static T? Find<T>(HubCallerContext connection, string key)
        where T : class => connection.Items.TryGetValue(key, out var value) ? value as T : null;

    private static void CountRefusal(HubCallerContext connection)
    {
        var count = (connection.Items.TryGetValue(Refusals, out var value) && value is int before ? before : 0) + 1;
        connection.Items[Refusals] = count;
        if (count >= MaxRefusalsInRow)
        {
            connection.Close(CloseReasons.SessionClosed, $"{count} requests in a row were refused.");
        }
    }

    private ProtocolError? CheckShare(HubCallerContext connection, string kind, ChannelName name, bool isStream)
    {
        if (climate.MaxOf(kind) is not { } max)
        {
            return null;
        }

        var streams = (Find<StreamSeats>(connection, Seats)?.CountOf(kind) ?? 0) - (isStream ? 1 : 0);
        var held = SubscriptionService.CountOthers(connection, ClimateFamilies.Of(kind), name) + streams;
        var limit = $"{max} channels of kind {kind} per connection";
        return held < max ? null : ErrorCodes.MaxSubscriptionsReached.With($"The connection follows {held}; the limit is {limit}.") with
        {
            Details = new ErrorDetails { Limit = limit },
        };
    }
}
