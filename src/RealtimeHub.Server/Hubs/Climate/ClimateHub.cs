using System.Runtime.CompilerServices;
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

namespace RealtimeHub.Server.Hubs.Climate;

/// <summary>Climate fields, hazard drivers, explanations and map tiles, each frame governed and reproducible.</summary>
internal sealed partial class ClimateHub(
    SubscriptionService subscriptions, StreamService streams, ClimateSubscriptions climate, ClimateConnections connections, StoryMaker stories, TimeProvider clock)
    : ChannelHub<IClimateClient>(subscriptions, clock), IClimateHub
{
    public override async Task OnConnectedAsync()
    {
        await base.OnConnectedAsync();
        connections.Begin(Context, Principal);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.End(Context);
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

    private Task<(ClimateOpened? Opened, ProtocolError? Error)> OpenAsync(SubscribeClimateRequest request, ClimateAsk ask, bool isStream = false) =>
        connections.OpenAsync(Context, Principal, request, ask, isStream);

    private async IAsyncEnumerable<StreamItem> StreamAsync(
        SubscribeClimateRequest request, ClimateAsk ask, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var seat = connections.BeginStream(Context, ask.Kind);
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
}
