using RealtimeHub.Client.Channels;
using RealtimeHub.Client.Connections;
using RealtimeHub.Client.Subscriptions;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Client.Hubs;

/// <summary>Climate fields, hazard drivers, explanations and map tiles, <c>/hubs/climate</c>.</summary>
/// <remarks>Thread-safe. A client has any number of subscriptions; give each an id of its own.</remarks>
public sealed class ClimateClient : HubClient
{
    private readonly HttpApi _http;
    private int _unnamed;

    internal ClimateClient(RealtimeClientOptions options)
        : base(options, HubPaths.Climate, [nameof(IClimateClient.Data), nameof(IClimateClient.Xai)]) => _http = new HttpApi(options);

    /// <summary>Subscribes to fields, and hands every frame and notice to the handler in order.</summary>
    /// <param name="request">What to subscribe to.</param>
    /// <param name="handler">Called for one item at a time; its token is cancelled when the subscription ends.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses the connection.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses the subscription.</exception>
    public Task<Subscription> SubscribeFieldsAsync(
        SubscribeFieldsRequest request, Func<StreamItem, CancellationToken, ValueTask> handler, CancellationToken cancellationToken = default) =>
        SubscribeAsync(nameof(IClimateHub.Subscribe), request with { Id = request.Id ?? NextId("fields") }, handler, cancellationToken);

    /// <summary>Subscribes to drivers, and hands every frame and notice to the handler in order.</summary>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses the connection.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses the subscription.</exception>
    public Task<Subscription> SubscribeDriversAsync(
        SubscribeDriversRequest request, Func<StreamItem, CancellationToken, ValueTask> handler, CancellationToken cancellationToken = default) =>
        SubscribeAsync(nameof(IClimateHub.SubscribeDrivers), request with { Id = request.Id ?? NextId("drivers") }, handler, cancellationToken);

    /// <summary>Subscribes to explanations, and hands every frame and notice to the handler in order.</summary>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses the connection.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses the subscription.</exception>
    public Task<Subscription> SubscribeXaiAsync(
        SubscribeXaiRequest request, Func<StreamItem, CancellationToken, ValueTask> handler, CancellationToken cancellationToken = default) =>
        SubscribeAsync(nameof(IClimateHub.SubscribeXai), request with { Id = request.Id ?? NextId("xai") }, handler, cancellationToken);

    /// <summary>Subscribes to one map tile, and hands every frame and notice to the handler in order.</summary>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached or refuses the connection.</exception>
    /// <exception cref="ProtocolErrorException">The server refuses the subscription.</exception>
    public Task<Subscription> SubscribeTilesAsync(
        SubscribeTilesRequest request, Func<StreamItem, CancellationToken, ValueTask> handler, CancellationToken cancellationToken = default) =>
        SubscribeAsync(nameof(IClimateHub.SubscribeTiles), request with { Id = request.Id ?? NextId("tile") }, handler, cancellationToken);

    /// <summary>The tiles of a map's viewport, to be shown with one call each time that it moves.</summary>
    /// <param name="request">The variable or driver, and how it is shown; its tiles and start are left out.</param>
    /// <param name="handler">Is given the tile <c>z/x/y</c> and what came for it, one item at a time.</param>
    public TileViewport TrackTiles(TrackTilesRequest request, Func<string, StreamItem, CancellationToken, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new TileViewport(Link, request with { Id = request.Id ?? NextId("tiles"), From = null, Last = null, Since = null }, handler, s => StartAsync(s, CancellationToken.None));
    }

    /// <summary>Subscribes to fields, and yields every frame and notice in order, over reconnects. Leaving the loop unsubscribes.</summary>
    /// <param name="request">What to subscribe to.</param>
    /// <param name="onSubscribed">Is given the subscription, to look into its books.</param>
    /// <param name="cancellationToken">Ends the sequence.</param>
    public IAsyncEnumerable<StreamItem> StreamFieldsAsync(
        SubscribeFieldsRequest request, Action<Subscription>? onSubscribed = null, CancellationToken cancellationToken = default) =>
        ReadAsync(nameof(IClimateHub.Subscribe), request with { Id = request.Id ?? NextId("fields") }, onSubscribed, cancellationToken);

    /// <summary>Subscribes to drivers, and yields every frame and notice in order, over reconnects. Leaving the loop unsubscribes.</summary>
    public IAsyncEnumerable<StreamItem> StreamDriversAsync(
        SubscribeDriversRequest request, Action<Subscription>? onSubscribed = null, CancellationToken cancellationToken = default) =>
        ReadAsync(nameof(IClimateHub.SubscribeDrivers), request with { Id = request.Id ?? NextId("drivers") }, onSubscribed, cancellationToken);

    /// <summary>Subscribes to explanations, and yields every frame and notice in order, over reconnects; one of a single time ends after its frame.</summary>
    public IAsyncEnumerable<StreamItem> StreamXaiAsync(
        SubscribeXaiRequest request, Action<Subscription>? onSubscribed = null, CancellationToken cancellationToken = default) =>
        ReadAsync(nameof(IClimateHub.SubscribeXai), request with { Id = request.Id ?? NextId("xai") }, onSubscribed, cancellationToken);

    /// <summary>What the newest frames of a box say, for a story.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task<StoryNode> GetStoryNodeAsync(StoryRequest request, CancellationToken cancellationToken = default)
    {
        var result = await Link.InvokeAsync<StoryNodeResult>(nameof(IClimateHub.GetStoryNode), [request], cancellationToken).ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
        return result.Story!;
    }

    /// <summary>What the newest frames of a box say, for a focused map.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    public async Task<FocusModeResult> GetFocusModeAsync(StoryRequest request, CancellationToken cancellationToken = default)
    {
        var result = await Link.InvokeAsync<FocusModeResult>(nameof(IClimateHub.GetFocusMode), [request], cancellationToken).ConfigureAwait(false);
        ProtocolErrorException.ThrowIf(result.Error);
        return result;
    }

    /// <summary>Has the server compute a frame again.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached.</exception>
    public Task<VerifyResult> VerifyAsync(VerifyRequest request, CancellationToken cancellationToken = default) =>
        _http.PostAsync<VerifyRequest, VerifyResult>("/api/v1/climate/verify", request, cancellationToken);

    /// <summary>Asks where records of the caller's own may be shown to everybody.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached.</exception>
    public Task<MaskPointsResult> MaskPointsAsync(MaskPointsRequest request, CancellationToken cancellationToken = default) =>
        _http.PostAsync<MaskPointsRequest, MaskPointsResult>("/api/v1/climate/points", request, cancellationToken);

    /// <summary>What is shown of a box: the H3 cells of which only the mean is, and the points of which nothing is, with the reasons.</summary>
    /// <exception cref="ProtocolErrorException">The server refuses.</exception>
    /// <exception cref="RealtimeConnectionException">The server cannot be reached.</exception>
    public Task<CareMap> GetCareMapAsync(CareMapRequest request, CancellationToken cancellationToken = default) =>
        _http.PostAsync<CareMapRequest, CareMap>("/api/v1/climate/care", request, cancellationToken);

    private protected override void OnDispose() => _http.Dispose();

    private string NextId(string kind)
    {
        var number = Interlocked.Increment(ref _unnamed);
        return number == 1 ? kind : $"{kind}-{number}";
    }
}
