using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;
using RealtimeHub.Protocol.Governance;

namespace RealtimeHub.Server.Policy.Areas;

/// <summary>Reads policy files (GeoJSON, RFC 7946). Whatever is not exactly understood makes the whole file unreadable: deny when in doubt.</summary>
internal static class PolicyReader
{
    private const int MaxAreas = 10_000;
    private const double SquareKmPerSquareDegree = 12_391;

    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    public static PolicyDocument Read(ReadOnlyMemory<byte> file, int denyResolution)
    {
        try
        {
            using var json = JsonDocument.Parse(file);
            var features = json.RootElement.GetProperty("features").EnumerateArray().ToList();
            if (json.RootElement.GetProperty("type").GetString() != "FeatureCollection" || features.Count > MaxAreas)
            {
                return PolicyDocument.Unreadable($"It is no FeatureCollection of at most {MaxAreas} features.");
            }

            return PolicyDocument.Of(Checksums.Of(file.Span).Multihash, [.. features.Select((f, i) => ReadArea(f, i, denyResolution))]);
        }
#pragma warning disable CA1031 // A file that cannot be read, whatever is wrong with it, denies.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return PolicyDocument.Unreadable(e.Message);
        }
    }

    private static ProtectedArea ReadArea(JsonElement feature, int index, int denyResolution)
    {
        var properties = feature.GetProperty("properties");
        var rule = Text(properties, "rule", index) switch
        {
            "deny" => ProtectionRule.Deny,
            "generalize" => ProtectionRule.Generalize,
            var other => throw new FormatException($"Feature {index} has the rule '{other}'; deny and generalize are known."),
        };
        var geometry = ReadGeometry(feature.GetProperty("geometry"), index);
        var label = AreaClassification.LabelOf(properties, rule, index);
        return new ProtectedArea(geometry)
        {
            Name = Text(properties, "name", index),
            Authority = Text(properties, "authority", index),
            Policy = Text(properties, "policy", index),
            Rule = rule,
            Resolution = AreaClassification.ResolutionOf(properties, rule, index, denyResolution),
            Label = label,
            AreaKm2 = SquareKm(geometry),
        };
    }

    private static Geometry ReadGeometry(JsonElement geometry, int index)
    {
        var coordinates = geometry.GetProperty("coordinates");
        Geometry read = geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => ReadPolygon(coordinates),
            "MultiPolygon" => Factory.CreateMultiPolygon([.. coordinates.EnumerateArray().Select(ReadPolygon)]),
            var other => throw new FormatException($"Feature {index} is a {other}; polygons are known."),
        };
        var validity = new IsValidOp(read);
        return read.IsEmpty || !validity.IsValid
            ? throw new FormatException($"The geometry of feature {index} is not valid: {validity.ValidationError?.Message ?? "it is empty"}.")
            : read;
    }

    private static Polygon ReadPolygon(JsonElement rings)
    {
        var read = rings.EnumerateArray().Select(ReadRing).ToList();
        return Factory.CreatePolygon(read[0], [.. read.Skip(1)]);
    }

    private static LinearRing ReadRing(JsonElement ring) => Factory.CreateLinearRing([.. ring.EnumerateArray().Select(ReadPosition)]);

    private static Coordinate ReadPosition(JsonElement position)
    {
        var (longitude, latitude) = (position[0].GetDouble(), position[1].GetDouble());
        return Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90
            ? new Coordinate(longitude, latitude)
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The position {longitude}, {latitude} is not on the globe."));
    }

    private static string Text(JsonElement properties, string name, int index) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new FormatException($"Feature {index} has no {name}.");

    private static double SquareKm(Geometry geometry) =>
        geometry.Area * SquareKmPerSquareDegree * Math.Cos(geometry.EnvelopeInternal.Centre.Y * Math.PI / 180);
}
