using System.Globalization;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Hubs.Climate.Requests;

/// <summary>The third layer: a known reference system, and a place that lies in what is served and holds points of the source.</summary>
internal static class SpaceRules
{
    private const string LimitName = "kansas-extent";

    private static readonly string[] Systems = ["EPSG:4326"];
    private static readonly string[] Verticals = ["pressure_level", "height_agl"];
    private static readonly string[] DriverVerticals = ["pressure", "height_agl", "model_level", "pressure_level"];

    public static ProtocolError? Check(ClimateAsk ask, ClimateHubOptions limits)
    {
        var domain = ask.Domain ?? new ClimateDomain();
        if (domain.Crs is { } crs && !Systems.Contains(crs))
        {
            return ClimateAsk.Bad("domain.crs", "This reference system is not served.", crs, string.Join(", ", Systems));
        }

        var verticals = ask.Kind == FrameKinds.Drivers ? DriverVerticals : Verticals;
        if (domain.Vertical is { } vertical && !verticals.Contains(vertical))
        {
            return ClimateAsk.Bad("domain.vertical", "There is no such vertical axis.", vertical, string.Join(", ", verticals));
        }

        if (ask.Kind == FrameKinds.Tile)
        {
            return CheckTile(ask, "tile", ask.Tile, limits);
        }

        var places = new object?[] { domain.Bbox, domain.Point, domain.Tile }.Count(p => p is not null);
        if (places != 1 || (ask.Kind != FrameKinds.Xai && domain.Bbox is null))
        {
            var allowed = ask.Kind == FrameKinds.Xai ? "one of bbox, point, tile" : "bbox [west, south, east, north]";
            return ClimateAsk.Bad("domain.bbox", "The domain needs one place.", null, allowed);
        }

        return domain.Tile is not null ? CheckTile(ask, "domain.tile", domain.Tile, limits)
            : domain.Point is not null ? CheckPoint(ask, domain.Point, limits)
            : CheckBox(ask, domain.Bbox!, limits);
    }

    private static ProtocolError? CheckBox(ClimateAsk ask, IReadOnlyList<double> bbox, ClimateHubOptions limits)
    {
        const string Shape = "west, south, east, north in degrees, west below east, south below north";
        if (bbox is not [var west, var south, var east, var north] || !(west < east && south < north) || bbox.Any(v => !double.IsFinite(v)))
        {
            return ClimateAsk.Bad("domain.bbox", "A box is four numbers.", Text(bbox), Shape);
        }

        ask.Box = new GeoBox(west, south, east, north);
        if (west < limits.West || south < limits.South || east > limits.East || north > limits.North)
        {
            return Outside("domain.bbox", Text(bbox), limits);
        }

        var area = (east - west) * (north - south);
        if (area > limits.MaxBoxSquareDegrees)
        {
            return ClimateAsk.Bad("domain.bbox", "The box is too large.", $"{Number(area)} square degrees", $"at most {Number(limits.MaxBoxSquareDegrees)} square degrees");
        }

        return Locate(ask, "domain.bbox", Text(bbox));
    }

    private static ProtocolError? CheckPoint(ClimateAsk ask, IReadOnlyList<double> point, ClimateHubOptions limits)
    {
        if (point is not [var longitude, var latitude] || !double.IsFinite(longitude) || !double.IsFinite(latitude))
        {
            return ClimateAsk.Bad("domain.point", "A point is two numbers.", Text(point), "longitude, latitude in degrees");
        }

        ask.Box = new GeoBox(longitude, latitude, longitude, latitude);
        var extent = ask.Catalogue.Extent;
        return longitude < limits.West || latitude < limits.South || longitude > limits.East || latitude > limits.North ? Outside("domain.point", Text(point), limits)
            : extent.Contains(latitude, longitude) ? null
            : ClimateAsk.Bad("domain.point", $"{ask.Catalogue.Id} does not reach there.", Text(point), Text([extent.West, extent.South, extent.East, extent.North]));
    }

    private static ProtocolError? CheckTile(ClimateAsk ask, string field, string? tile, ClimateHubOptions limits)
    {
        var parts = (tile ?? "").Split('/');
        if (parts.Length != 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var z) || z > limits.MaxTileZoom
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var x) || x >= 1L << z
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var y) || y >= 1L << z)
        {
            return ClimateAsk.Bad(field, "A tile is z/x/y.", tile, $"z 0..{limits.MaxTileZoom}, x and y below 2^z");
        }

        // Explanations have a check of their own, which says more.
        if (ask.Kind == FrameKinds.Tile && ask.Catalogue.Grid.Kind is not FieldGridKind.Regular)
        {
            return ClimateAsk.Bad("source", "Tiles are drawn from regular grids of latitude and longitude alone.", ask.Catalogue.Id, "a source on a regular grid");
        }

        ask.Box = Policy.WebMercator.BoundsOf(z, x, y);
        var extent = ask.Catalogue.Extent;
        return ask.Box.East <= extent.West || ask.Box.West >= extent.East || ask.Box.North <= extent.South || ask.Box.South >= extent.North
            ? ClimateAsk.Bad(field, $"{ask.Catalogue.Id} has nothing there.", tile, Text([extent.West, extent.South, extent.East, extent.North]))
            : null;
    }

    private static ProtocolError? Locate(ClimateAsk ask, string field, string value)
    {
        if (ask.Catalogue.Grid.WindowOf(ask.Box) is { } window)
        {
            ask.Window = window;
            return null;
        }

        return ClimateAsk.Bad(field, $"The box holds no point of {ask.Catalogue.Id}.", value, "a box around at least one point of the grid");
    }

    private static ProtocolError Outside(string field, string value, ClimateHubOptions limits)
    {
        var error = ClimateAsk.Bad(field, "This lies outside what is served.", value, $"within {Text([limits.West, limits.South, limits.East, limits.North])}");
        return error with { Details = error.Details! with { Limit = LimitName } };
    }

    private static string Text(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(Number));

    private static string Number(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
