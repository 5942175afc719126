using RealtimeHub.Protocol.Climate;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>Puts each kind of request into the one form that is checked.</summary>
internal static class ClimateAsks
{
    public static ClimateAsk Of(SubscribeFieldsRequest request) => Of(request, FrameKinds.Fields, ClimateStreams.Fields, "variables", request.Variables);

    public static ClimateAsk Of(SubscribeDriversRequest request) => Of(request, FrameKinds.Drivers, ClimateStreams.Drivers, "drivers", request.Drivers);

    public static ClimateAsk Of(SubscribeXaiRequest request) =>
        Of(request, FrameKinds.Xai, ClimateStreams.Xai, "variable", One(request.Variable), null, request.Method, request.Level, request.Time);

    public static ClimateAsk Of(SubscribeTilesRequest request) => Of(request, FrameKinds.Tile, ClimateStreams.Tiles, "variable", One(request.Variable), request.Tile);

    public static ClimateAsk Of(TrackTilesRequest request, string? tile) => Of(request, FrameKinds.Tile, ClimateStreams.Tiles, "variable", One(request.Variable), tile);

    private static ClimateAsk Of(
        SubscribeClimateRequest request,
        string kind,
        string stream,
        string namesField,
        IReadOnlyList<string?>? names,
        string? tile = null,
        string? method = null,
        string? level = null,
        DateTimeOffset? time = null) => new()
        {
            Kind = kind,
            Stream = stream,
            GivenStream = request.Stream,
            NamesField = namesField,
            Names = names,
            GivenTimeMode = request.TimeMode,
            Domain = request.Domain,
            Options = request.Options ?? new ClimateOptions(),
            OnProtected = request.OnProtected,
            GivenSource = request.Source,
            Method = method,
            GivenLevel = level,
            Tile = tile,
            Time = time,
        };

    private static IReadOnlyList<string?>? One(string? name) => name is null ? null : [name];
}
