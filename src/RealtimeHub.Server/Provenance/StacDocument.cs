using System.Text.Json.Nodes;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Policy.Rules;

namespace RealtimeHub.Server.Provenance;

/// <summary>Writes STAC items and their collection, in the version that the options name.</summary>
internal static class StacDocument
{
    public const string ItemsPath = "/api/v1/stac/items/";
    public const string CollectionPath = "/api/v1/stac/collections/" + StacCatalogue.CollectionId;

    private const string FileExtension = "https://stac-extensions.github.io/file/v2.1.0/schema.json";

    public static JsonObject Item(StacItemRecord item, ProvenanceOptions options)
    {
        var footprint = Footprint.Of(item.Activity.Subject);
        return new JsonObject
        {
            ["type"] = "Feature",
            ["stac_version"] = options.StacVersion,
            ["stac_extensions"] = new JsonArray(FileExtension),
            ["id"] = item.Id,
            ["collection"] = StacCatalogue.CollectionId,
            ["geometry"] = footprint.Geometry,
            ["bbox"] = Box(footprint.Bounds),
            ["properties"] = Properties(item, options),
            ["links"] = new JsonArray(
                Link("self", ItemsPath + item.Id, "application/geo+json"),
                Link("collection", CollectionPath, "application/json"),
                Link("parent", CollectionPath, "application/json"),
                Link("via", ProvPath(item), "application/ld+json")),
            ["assets"] = Assets(item),
        };
    }

    public static JsonObject Collection(IReadOnlyList<StacItemRecord> shown, ProvenanceOptions options)
    {
        var boxes = shown.Select(i => Footprint.Of(i.Activity.Subject).Bounds).ToList();
        var extent = boxes.Count == 0 ? new GeoBox(-180, -90, 180, 90) : new GeoBox(boxes.Min(b => b.West), boxes.Min(b => b.South), boxes.Max(b => b.East), boxes.Max(b => b.North));
        var interval = shown.Count == 0
            ? new JsonArray(null, null)
            : new JsonArray(UtcTimestampConverter.ToText(shown.Min(i => i.Time)), UtcTimestampConverter.ToText(shown.Max(i => i.Time)));
        return new JsonObject
        {
            ["type"] = "Collection",
            ["stac_version"] = options.StacVersion,
            ["id"] = StacCatalogue.CollectionId,
            ["title"] = "Climate frames in real time",
            ["description"] = "What was delivered lately: fields, hazard drivers and explanations, each with what the policy did to it and how it was made.",
            ["license"] = options.StacVersion == "1.0.0" ? "various" : "other",
            ["extent"] = new JsonObject
            {
                ["spatial"] = new JsonObject { ["bbox"] = new JsonArray(Box(extent)) },
                ["temporal"] = new JsonObject { ["interval"] = new JsonArray(interval) },
            },
            ["links"] = new JsonArray(Link("self", CollectionPath, "application/json"), Link("items", CollectionPath + "/items", "application/geo+json")),
        };
    }

    private static JsonObject Properties(StacItemRecord item, ProvenanceOptions options)
    {
        var (activity, decision) = (item.Activity, item.Activity.Subject.Decision);
        var isXai = item.Content is StacContent.Explanation;
        var reasons = CareScreen.ReasonsOf(options.PurposeRef, options.StewardContact);
        var properties = new JsonObject
        {
            ["datetime"] = UtcTimestampConverter.ToText(item.Time),
            ["created"] = UtcTimestampConverter.ToText(activity.EndedAt),
            ["proj:epsg"] = 4326,
            ["kfm:model_version"] = activity.ModelVersion,
            [item.Content is StacContent.Drivers ? "kfm:drivers" : "kfm:variables"] = Texts(item.Names),
            ["kfm:input_items"] = Texts(item.InputItems),
            ["kfm:vertical_axis"] = item.VerticalAxis,
            ["kfm:realtime"] = item.IsRealtime,
            ["kfm:persistence"] = "ephemeral",
            ["care:masking"] = decision.Care.Masking,
            ["care:scope"] = decision.Care.Scope,
            ["care:notes"] = Texts(decision.Care.Notes),
            ["care:status"] = reasons[0],
            ["care:reason_codes"] = Texts(reasons),
            ["privacy:method"] = decision.Outcome is CareOutcome.Generalize ? "h3_dynamic_res" : "none",
            ["privacy:policy_ref"] = decision.PolicyVersion,
            ["prov:wasGeneratedBy"] = activity.Id,
            ["prov:used"] = Texts(activity.Used),
            ["prov:wasInfluencedBy"] = decision.DecisionId,
            ["prov:agent"] = activity.Agent,
        };
        if (isXai)
        {
            properties["xai:method"] = activity.XaiMethod;
            properties["xai:variable"] = item.Names[0];
            properties["xai:seed"] = activity.Seed;
            properties["xai:resolution"] = decision.Resolution;
            properties["xai:explainability_level"] = item.ExplainabilityLevel;
            properties["xai:attribution_uri"] = item.Href ?? ProvPath(item);
        }

        return properties;
    }

    // A frame of this moment can be had again by making it again: its lineage has the recipe.
    private static JsonObject Assets(StacItemRecord item)
    {
        var isXai = item.Content is StacContent.Explanation;
        var asset = new JsonObject
        {
            ["href"] = item.Href ?? ProvPath(item),
            ["type"] = item.Href is null ? "application/ld+json" : "application/json",
            ["title"] = item.Href is null ? "How the content was made, and how to make it again" : "The content",
            ["roles"] = isXai ? new JsonArray("xai", "explanation") : new JsonArray("data"),
            ["file:checksum"] = item.Activity.Multihash,
        };
        return new JsonObject { [isXai ? "xai" : "data"] = asset };
    }

    private static string ProvPath(StacItemRecord item) => "/api/v1/prov/" + item.Activity.Id;

    private static JsonObject Link(string rel, string href, string type) => new() { ["rel"] = rel, ["href"] = href, ["type"] = type };

    private static JsonArray Box(GeoBox box) => new(box.West, box.South, box.East, box.North);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
