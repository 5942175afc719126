using System.Text.Json.Nodes;
using RealtimeHub.Science.H3;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;

namespace RealtimeHub.Server.Provenance;

/// <summary>Where a record is about, no more exact than what is shown of it: of a point whose value is a cell's mean, the cell.</summary>
internal sealed record Footprint(GeoBox Bounds, JsonObject Geometry)
{
    public static Footprint Of(GovernedSubject subject)
    {
        var place = subject.Request.Place;
        var mask = subject.Decision.Mask!;
        if (place is not CarePlace.Point point)
        {
            return OfRing(Ring(place.Bounds));
        }

        return mask.CellOf(mask.Window.Row, mask.Window.Column) is { } cell
            ? OfRing([.. H3Grid.CellToBoundary(cell).Select(c => (c.LongitudeDegrees, c.LatitudeDegrees))])
            : new Footprint(place.Bounds, new JsonObject { ["type"] = "Point", ["coordinates"] = Position((point.Longitude, point.Latitude)) });
    }

    private static Footprint OfRing((double Longitude, double Latitude)[] corners)
    {
        var bounds = new GeoBox(corners.Min(c => c.Longitude), corners.Min(c => c.Latitude), corners.Max(c => c.Longitude), corners.Max(c => c.Latitude));
        var ring = new JsonArray([.. corners.Append(corners[0]).Select(Position)]);
        return new Footprint(bounds, new JsonObject { ["type"] = "Polygon", ["coordinates"] = new JsonArray(ring) });
    }

    private static (double Longitude, double Latitude)[] Ring(GeoBox box) =>
        [(box.West, box.South), (box.East, box.South), (box.East, box.North), (box.West, box.North)];

    private static JsonArray Position((double Longitude, double Latitude) place) => new(place.Longitude, place.Latitude);
}
