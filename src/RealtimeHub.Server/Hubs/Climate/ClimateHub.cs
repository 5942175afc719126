using System.Runtime.CompilerServices;
using RealtimeHub.Engine.Hubs;
using RealtimeHub.Engine.Streaming;
using RealtimeHub.Engine.Subscriptions;
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

    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
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

        return await SubscribeAsync(request, opened.Channel.Name, (plan, _) => climate.Complete(plan, request, opened));
    }

    private async Task<(ClimateOpened? Opened, ProtocolError? Error)> OpenAsync(SubscribeClimateRequest request, ClimateAsk ask)
    {
        if (climate.Plan(ask, Principal, request.From, out var plan) is { } error)
        {
            CountRefusal();
            return (null, error);
        }

        Context.Items[Refusals] = 0;
        if (Subscriptions.CheckRoom(Context, plan!.Spec.ToChannelName()) is { } full)
        {
            return (null, full);
        }

        var opened = await climate.OpenAsync(plan, Context.ConnectionAborted);
        if (opened.Opened?.Channel.NewestActivity is { } activity)
        {
            (Context.Items[Session] as SessionActivity)?.Add(activity);
        }

        return opened;
    }

    private async IAsyncEnumerable<StreamItem> StreamAsync(
        SubscribeClimateRequest request, ClimateAsk ask, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (opened, error) = await OpenAsync(request, ask);
        var errors = new List<FieldError>();
        var plan = opened is null ? null : climate.Complete(SubscribePlanner.Plan(request, opened.Channel.Name, errors), request, opened);
        if (plan is null || errors.Count > 0)
        {
            yield return StreamService.Refused(error ?? ErrorCodes.InvalidRequest.With($"{errors[0].Field}: {errors[0].Message}", errors));
            yield break;
        }

        await foreach (var item in streams.StreamAsync(Context, plan, cancellationToken))
        {
            yield return item;
        }
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
