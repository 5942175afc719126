using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Requests;
using RealtimeHub.Protocol.Streams;

namespace RealtimeHub.Protocol.Hubs;

/// <summary>The climate hub, <c>/hubs/climate</c>.</summary>
public interface IClimateHub : IRealtimeHub
{
    /// <summary>Subscribes to fields of variables.</summary>
    Task<SubscribeResult> Subscribe(SubscribeFieldsRequest request);

    /// <summary>Subscribes to hazard drivers.</summary>
    Task<SubscribeResult> SubscribeDrivers(SubscribeDriversRequest request);

    /// <summary>Subscribes to explanations, or asks for one.</summary>
    Task<SubscribeResult> SubscribeXai(SubscribeXaiRequest request);

    /// <summary>Subscribes to one map tile.</summary>
    Task<SubscribeResult> SubscribeTiles(SubscribeTilesRequest request);

    /// <summary>Says which tiles a viewport shows.</summary>
    Task<TrackTilesResult> TrackTiles(TrackTilesRequest request);

    /// <summary>Streams fields of variables.</summary>
    IAsyncEnumerable<StreamItem> StreamFields(SubscribeFieldsRequest request, CancellationToken cancellationToken);

    /// <summary>Streams hazard drivers.</summary>
    IAsyncEnumerable<StreamItem> StreamDrivers(SubscribeDriversRequest request, CancellationToken cancellationToken);

    /// <summary>Streams explanations.</summary>
    IAsyncEnumerable<StreamItem> StreamXai(SubscribeXaiRequest request, CancellationToken cancellationToken);

    /// <summary>Tells what the newest frames of a box say, for a story.</summary>
    Task<StoryNodeResult> GetStoryNode(StoryRequest request);

    /// <summary>Tells what the newest frames of a box say, for a map that is focused there.</summary>
    Task<FocusModeResult> GetFocusMode(StoryRequest request);
}
