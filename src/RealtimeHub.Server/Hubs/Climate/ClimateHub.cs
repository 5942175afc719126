using System.Runtime.CompilerServices;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Requests;
using RealtimeHub.Server.Hubs.Climate.Stories;
using RealtimeHub.Server.Provenance;

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>Climate fields, hazard drivers, explanations and map tiles, each frame governed and reproducible.</summary>
internal sealed partial class ClimateHub(
    SubscriptionService subscriptions, StreamService streams, ClimateSubscriptions climate, StoryMaker stories, ProvenanceStore activities, TimeProvider clock)
    : ChannelHub<IClimateClient>(subscriptions, clock), IClimateHub
{
    // A client that only ever asks nonsense is told so so many times; then the session ends.
    private const int MaxRefusalsInRow = 50;
    private const string Refusals = "climate.refusals";

    private const string Session = "climate.session";

    private StreamSeats Seats => Context.Features.Get<StreamSeats>()!;

    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        Context.Features.Set(new StreamSeats());
        Context.Items[Session] = activities.BeginSession(Guid.NewGuid().ToString("N"), Principal.Id);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        (Context.Items[Session] as SessionActivity)?.End();
        return base.OnDisconnectedAsync(exception);
    }

    [RequiresScope(Scopes.ClimateRead)]
    public Task<SubscribeResult> Subscribe(SubscribeFieldsRequest request) => SubscribeAsync(request, ClimateAsks.Of(request));

    [RequiresScope(Scopes.ClimateRead)]
    public Task<SubscribeResult> SubscribeDrivers(SubscribeDriversRequest request) => SubscribeAsync(request, ClimateAsks.Of(request));

    [RequiresScope(Scopes.XaiRead)]
    [Costs(CallCosts.Explanation)]
    public Task<SubscribeResult> SubscribeXai(SubscribeXaiRequest request) => SubscribeAsync(request, ClimateAsks.Of(request));

    [RequiresScope(Scopes.ClimateRead)]
    public Task<SubscribeResult> SubscribeTiles(SubscribeTilesRequest request) => SubscribeAsync(request, ClimateAsks.Of(request));

    [RequiresScope(Scopes.ClimateRead)]
    public IAsyncEnumerable<StreamItem> StreamFields(SubscribeFieldsRequest request, CancellationToken cancellationToken) =>
        StreamAsync(request, ClimateAsks.Of(request), cancellationToken);

    [RequiresScope(Scopes.ClimateRead)]
    public IAsyncEnumerable<StreamItem> StreamDrivers(SubscribeDriversRequest request, CancellationToken cancellationToken) =>
        StreamAsync(request, ClimateAsks.Of(request), cancellationToken);

    [RequiresScope(Scopes.XaiRead)]
    [Costs(CallCosts.Explanation)]
    public IAsyncEnumerable<StreamItem> StreamXai(SubscribeXaiRequest request, CancellationToken cancellationToken) =>
        StreamAsync(request, ClimateAsks.Of(request), cancellationToken);

    private async Task<SubscribeResult> SubscribeAsync(SubscribeClimateRequest request, ClimateAsk ask)
    {
        var (opened, error) = await OpenAsync(request, ask);
        if (opened is null)
        {
            return new SubscribeResult { Error = error };
        }

        var result = await SubscribeAsync(request, opened.Channel.Name, (plan, _) => climate.Complete(plan, request, opened));
        climate.Begun(opened);
        return result;
    }

    private async Task<(ClimateOpened? Opened, ProtocolError? Error)> OpenAsync(SubscribeClimateRequest request, ClimateAsk ask, bool isStream = false)
    {
        if (climate.Plan(ask, Principal, request.From, out var plan) is { } error)
        {
            CountRefusal();
            Book(ask.RefusedBy);
            return (null, error);
        }

        Context.Items[Refusals] = 0;
        var name = plan!.Spec.ToChannelName();
        if ((Subscriptions.CheckRoom(Context, name) ?? CheckShare(plan.Spec.Kind, name, isStream)) is { } full)
        {
            return (null, full);
        }

        try
        {
            var opened = await climate.OpenAsync(plan, Context.ConnectionAborted);
            Book(opened.Opened?.Channel.NewestActivity);
            return opened;
        }
        catch (OperationCanceledException) when (Context.ConnectionAborted.IsCancellationRequested)
        {
            // Who has gone is told nothing; neither is the log.
            return (null, ErrorCodes.Unavailable.With("The connection is closing."));
        }
    }

    // What was made for the session, and what it was refused by, is part of its lineage.
    private void Book(string? activity)
    {
        if (activity is not null)
        {
            (Context.Items[Session] as SessionActivity)?.Add(activity);
        }
    }

    private async IAsyncEnumerable<StreamItem> StreamAsync(
        SubscribeClimateRequest request, ClimateAsk ask, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var seat = Seats.Take(ask.Kind);
        var (opened, error) = await OpenAsync(request, ask, isStream: true);
        var errors = new List<FieldError>();
        var plan = opened is null ? null : climate.Complete(SubscribePlanner.Plan(request, opened.Channel.Name, errors), request, opened);
        if (plan is null || errors.Count > 0)
        {
            yield return StreamService.Refused(error ?? ErrorCodes.InvalidRequest.With($"{errors[0].Field}: {errors[0].Message}", errors));
            yield break;
        }

        await foreach (var item in streams.StreamAsync(Context, plan, cancellationToken))
        {
            if (item.Subscribed is not null)
            {
                climate.Begun(opened!);
            }

            yield return item;
        }
    }

    // A stream has taken its seat before this is asked.
    private ProtocolError? CheckShare(string kind, ChannelName name, bool isStream)
    {
        if (climate.MaxOf(kind) is not { } max)
        {
            return null;
        }

        var held = SubscriptionService.CountOthers(Context, ClimateFamilies.Of(kind), name) + Seats.CountOf(kind) - (isStream ? 1 : 0);
        var limit = $"{max} channels of kind {kind} per connection";
        return held < max ? null : ErrorCodes.MaxSubscriptionsReached.With($"The connection follows {held}; the limit is {limit}.") with
        {
            Details = new ErrorDetails { Limit = limit },
        };
    }

    private void CountRefusal()
    {
        var count = (Context.Items.TryGetValue(Refusals, out var value) && value is int before ? before : 0) + 1;
        Context.Items[Refusals] = count;
        if (count >= MaxRefusalsInRow)
        {
            Context.Close(CloseReasons.SessionClosed, $"{count} requests in a row were refused.");
        }
    }
}
