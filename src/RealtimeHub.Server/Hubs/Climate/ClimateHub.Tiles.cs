using System.Globalization;
using RealtimeHub.Engine.Channels;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Auth;
using RealtimeHub.Server.Hubs.Climate.Requests;

namespace RealtimeHub.Server.Hubs.Climate;

// Map viewers: one call says which tiles are in view, and each of them is a subscription of its own.
internal sealed partial class ClimateHub
{
    private const string DefaultTiles = "tiles";

    [RequiresScope(Scopes.ClimateRead)]
    public async Task<TrackTilesResult> TrackTiles(TrackTilesRequest request)
    {
        var id = request.Id ?? DefaultTiles;
        if (request.Tiles is not { } wanted || wanted.Count > climate.MaxTiles)
        {
            var error = ClimateAsk.Bad("tiles", "Name the tiles in view.", request.Tiles?.Count.ToString(CultureInfo.InvariantCulture), $"0..{climate.MaxTiles} tiles z/x/y");
            return new TrackTilesResult { Error = error };
        }

        var tracked = TilesOf(id);
        foreach (var gone in tracked.Except(wanted).ToList())
        {
            Subscriptions.Unsubscribe(Context, $"{id}/{gone}");
            tracked.Remove(gone);
        }

        var refused = new Dictionary<string, ProtocolError>();
        foreach (var tile in wanted.Distinct().Where(t => !tracked.Contains(t)))
        {
            if (await TrackAsync(request, id, tile) is { } error)
            {
                refused[FieldError.Preview(tile ?? "null")] = error;
            }
            else
            {
                tracked.Add(tile!);
            }
        }

        climate.Prefetch(tracked, tile => ClimateAsks.Of(request, tile), Principal);
        return new TrackTilesResult { Tracked = [.. tracked.Order(StringComparer.Ordinal)], Refused = refused.Count > 0 ? refused : null };
    }

    private async Task<ProtocolError?> TrackAsync(TrackTilesRequest request, string id, string? tile)
    {
        var (opened, error) = await OpenAsync(request, ClimateAsks.Of(request, tile));
        if (opened is null)
        {
            return error;
        }

        var result = await SubscribeAsync(request with { Id = $"{id}/{tile}" }, opened.Channel.Name, (plan, _) =>
        {
            // A viewer that holds what is there already waits for the next change.
            var isKnown = request.Known?.GetValueOrDefault(tile!) is { } known && known == opened.Channel.NewestMultihash;
            var complete = climate.Complete(plan, request, opened);
            return isKnown && climate.PositionOf(opened) is { } position ? complete with { Start = new StartPoint(position) } : complete;
        });
        climate.Begun(opened);
        return result.Error;
    }

    private HashSet<string> TilesOf(string id)
    {
        if (Context.Items.TryGetValue($"climate.tiles.{id}", out var value) && value is HashSet<string> tiles)
        {
            // One that was unsubscribed, or ended by the server, is not followed any more.
            tiles.RemoveWhere(t => Subscriptions.ChannelOf(Context, $"{id}/{t}", null) is null);
            return tiles;
        }

        var none = new HashSet<string>(StringComparer.Ordinal);
        Context.Items[$"climate.tiles.{id}"] = none;
        return none;
    }
}
