using System.Text.Json;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Policy;
using RealtimeHub.Server.Provenance;
using RealtimeHub.Tests.Server.Policy;

namespace RealtimeHub.Tests.Server.Provenance;

public class StacDocumentTests
{
    private readonly PolicyBench _bench = new();

    public static TheoryData<string, string> Kinds
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var version in new[] { "1.0.0", "1.1.0" })
            {
                foreach (var kind in new[] { "box", "point", "masked point", "tile", "drivers", "xai" })
                {
                    data.Add(version, kind);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void P172_items_are_valid_against_the_schemas_of_stac(string version, string kind)
    {
        var item = Item(Request(kind), version);

        Assert.Empty(JsonSchemas.Problems($"stac/v{version}/item.json", item));
        Assert.Empty(JsonSchemas.Problems("stac/extensions/file.schema.json", item));
        Assert.Equal(version, item.GetProperty("stac_version").GetString());
    }

    [Theory]
    [InlineData("1.0.0", true)]
    [InlineData("1.0.0", false)]
    [InlineData("1.1.0", true)]
    [InlineData("1.1.0", false)]
    public void P172_the_collection_is_valid_against_the_schemas_of_stac(string version, bool hasItems)
    {
        IReadOnlyList<StacItemRecord> items = hasItems ? [Record(Request("box")), Record(Request("masked point"))] : [];

        var collection = LineageBench.Parse(StacDocument.Collection(items, new ProvenanceOptions { StacVersion = version }));

        Assert.Empty(JsonSchemas.Problems($"stac/v{version}/collection.json", collection));
    }

    [Fact]
    public void P172_items_have_the_members_of_the_climate_system()
    {
        // kfm-prov-10 and kfm-prov-11.
        var item = Item(Request("xai"), "1.0.0");
        var properties = item.GetProperty("properties");

        foreach (var required in KfmVectors.Case("xai-prov-stac.json", "kfm-prov-10").GetProperty("required").EnumerateArray().Select(r => r.GetString()!.Split('=')))
        {
            var name = required[0].Replace("properties.", "", StringComparison.Ordinal);
            Assert.True(item.TryGetProperty(name, out var value) || properties.TryGetProperty(name, out value), $"{name} is missing.");
            Assert.True(required.Length == 1 || value.GetString() == required[1]);
        }

        var roles = KfmVectors.Case("xai-prov-stac.json", "kfm-prov-11").GetProperty("roles");
        Assert.Equal(Texts(roles.GetProperty("xai asset")), Texts(item.GetProperty("assets").GetProperty("xai").GetProperty("roles")));
        Assert.Equal(Texts(roles.GetProperty("data asset")), Texts(Item(Request("box"), "1.0.0").GetProperty("assets").GetProperty("data").GetProperty("roles")));
        Assert.Contains(properties.GetProperty("xai:explainability_level").GetString(), Texts(KfmVectors.Case("xai-prov-stac.json", "kfm-prov-13").GetProperty("values")));
    }

    [Fact]
    public void P172_a_generalised_item_says_how_and_by_which_policy()
    {
        // kfm-h3-meta-1.
        var properties = Item(Request("box"), "1.0.0").GetProperty("properties");

        Assert.Equal("h3_dynamic_res", properties.GetProperty("privacy:method").GetString());
        Assert.Equal(_bench.Policies.Current.Version, properties.GetProperty("privacy:policy_ref").GetString());
        Assert.Equal("h3-generalized", properties.GetProperty("care:masking").GetString());
        Assert.NotEmpty(Texts(properties.GetProperty("care:notes")));
        Assert.StartsWith("urn:kfm:care:decision:", properties.GetProperty("prov:wasInfluencedBy").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p", "s@example.org", "CARE_OK")]
    [InlineData("p", null, "CARE_FAIL_RESPONSIBILITY")]
    [InlineData(null, "s@example.org", "CARE_FAIL_COLLECTIVE_BENEFIT")]
    public void P172_items_tell_what_the_care_screen_finds(string? purpose, string? steward, string status)
    {
        var options = new ProvenanceOptions { PurposeRef = purpose, StewardContact = steward };

        var properties = LineageBench.Parse(StacDocument.Item(Record(Request("box")), options)).GetProperty("properties");

        Assert.Equal(status, properties.GetProperty("care:status").GetString());
        Assert.Equal([status], Texts(properties.GetProperty("care:reason_codes")));
    }

    [Fact]
    public void P173_the_footprint_of_a_generalised_point_is_its_cell()
    {
        var (open, masked) = (Item(Request("point"), "1.0.0"), Item(Request("masked point"), "1.0.0"));

        Assert.Equal("Point", open.GetProperty("geometry").GetProperty("type").GetString());
        Assert.Equal("Polygon", masked.GetProperty("geometry").GetProperty("type").GetString());
        Assert.DoesNotContain("-96.55,", masked.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("38.44]", masked.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void P173_two_points_of_one_cell_have_one_footprint()
    {
        // The nearest points of the source to both show the mean of the same cell.
        var one = Item(PolicyBench.Ask(new CarePlace.Point(38.44, -96.55), CareKind.Point), "1.0.0").GetProperty("geometry").GetRawText();
        var mask = _bench.Decider.Decide(PolicyBench.Ask(new CarePlace.Point(38.44, -96.55), CareKind.Point)).Mask!;
        var cell = mask.CellOf(mask.Window.Row, mask.Window.Column);
        var grid = PolicyBench.Kansas;
        var sibling = Enumerable.Range(0, grid.Points).Last(p => mask.CellOf(p / grid.Columns, p % grid.Columns) == cell);

        var two = Item(PolicyBench.Ask(new CarePlace.Point(grid.LatitudeAt(sibling / grid.Columns, 0), grid.LongitudeAt(0, sibling % grid.Columns)), CareKind.Point), "1.0.0");

        Assert.Equal(one, two.GetProperty("geometry").GetRawText());
    }

    [Fact]
    public void GovernedSubject_takes_nothing_that_was_refused()
    {
        var request = PolicyBench.Ask(new CarePlace.Point(39.335, -95.84), CareKind.Point);

        Assert.Throws<ArgumentException>(() => new GovernedSubject(request, _bench.Decider.Decide(request)));
    }

    private static List<string?> Texts(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString())];

    private static CareRequest Request(string kind) => kind switch
    {
        "box" => PolicyBench.Ask(new CarePlace.Box(PolicyBench.KansasBox)),
        "drivers" => PolicyBench.Ask(new CarePlace.Box(new GeoBox(-100, 37, -96, 39.5)), CareKind.Drivers) with { Variables = ["cape", "cin"] },
        "xai" => PolicyBench.Ask(new CarePlace.Box(new GeoBox(-98.5, 38, -97.5, 39)), CareKind.Xai),
        "point" => PolicyBench.Ask(new CarePlace.Point(37.2, -101.9), CareKind.Point),
        "masked point" => PolicyBench.Ask(new CarePlace.Point(38.44, -96.55), CareKind.Point),
        _ => PolicyBench.Ask(CareDeciderTests.TileAt(8, 38.5, -98), CareKind.Tile),
    };

    private StacItemRecord Record(CareRequest request) => LineageBench.Item(
        LineageBench.Activity(request, _bench.Decider.Decide(request)),
        request.Kind switch { CareKind.Drivers => StacContent.Drivers, CareKind.Xai => StacContent.Explanation, _ => StacContent.Fields });

    private JsonElement Item(CareRequest request, string version) => LineageBench.Parse(StacDocument.Item(Record(request), new ProvenanceOptions { StacVersion = version }));
}
