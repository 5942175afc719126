using System.Text;
using System.Text.Json.Nodes;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Server.Policy.Areas;

namespace RealtimeHub.Tests.Server.Policy;

public class PolicyReaderTests
{
    private const string Square = """{"type":"Polygon","coordinates":[[[-98,38],[-97,38],[-97,39],[-98,39],[-98,38]]]}""";

    [Fact]
    public void Read_takes_every_area_of_the_bundled_policy()
    {
        var file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "data/policy/protected-areas.geojson"));

        var policy = PolicyReader.Read(file, 5);

        Assert.Null(policy.Problem);
        Assert.Equal(12, policy.Areas.Count);
        Assert.Equal(4, policy.Areas.Count(a => a.Rule is ProtectionRule.Deny));
        Assert.Equal(Checksums.Of(file).Multihash, policy.Version);
        Assert.Equal(6, policy.Areas.Single(a => a.Name.StartsWith("Tallgrass", StringComparison.Ordinal)).Resolution);
        Assert.Equal(77.9, policy.Areas.Single(a => a.Name == "Kickapoo Reservation").AreaKm2, 0.5);
    }

    [Theory]
    [InlineData("""{"rule":"hide"}""")]
    [InlineData("""{"rule":null}""")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"authority":null}""")]
    [InlineData("""{"policy":7}""")]
    [InlineData("""{"h3_resolution":null}""")]
    [InlineData("""{"h3_resolution":16}""")]
    [InlineData("""{"h3_resolution":"5"}""")]
    [InlineData("""{"h3_resolution":null,"level":"L4"}""")]
    [InlineData("""{"label":"secret"}""")]
    public void Read_takes_nothing_of_a_file_with_one_area_that_it_does_not_understand(string changes)
    {
        var policy = Read(Square, changes);

        Assert.False(policy.IsReadable);
        Assert.Empty(policy.Areas);
        Assert.Equal("unreadable", policy.Version);
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[-98,38]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[-98,38],[-97,39],[-97,38],[-98,39],[-98,38]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[-98,38],[-97,38],[-97,39]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[-98,38],[-97,38],[-97,99],[-98,39],[-98,38]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":"everywhere"}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[-98],[-97,38],[-97,39],[-98]]]}""")]
    [InlineData("null")]
    public void Read_takes_no_geometry_that_is_not_a_valid_polygon(string geometry) => Assert.False(Read(geometry, "{}").IsReadable);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"FeatureCollection\"}")]
    [InlineData("{\"type\":\"Topology\",\"features\":[]}")]
    public void Read_takes_nothing_else_than_feature_collections(string text) => Assert.False(PolicyReader.Read(Encoding.UTF8.GetBytes(text), 5).IsReadable);

    [Theory]
    [InlineData("""{"h3_resolution":6,"sensitivity_score":85}""", 4)]
    [InlineData("""{"h3_resolution":3,"sensitivity_score":5}""", 3)]
    [InlineData("""{"h3_resolution":8,"sensitivity":"medium"}""", 6)]
    [InlineData("""{"h3_resolution":8,"level":"L3"}""", 4)]
    [InlineData("""{"h3_resolution":8,"sensitivity_score":null}""", 3)]
    public void Read_lets_the_coarsest_table_win(string changes, int expected) => Assert.Equal(expected, Assert.Single(Read(Square, changes).Areas).Resolution);

    [Fact]
    public void Read_gives_an_area_that_denies_the_label_sacred_and_the_cells_of_the_settings()
    {
        var area = Assert.Single(Read(Square, """{"rule":"deny","h3_resolution":null}""", removeNulls: true).Areas);

        Assert.Equal((SensitivityLabel.Sacred, 5), (area.Label, area.Resolution));
    }

    private static PolicyDocument Read(string geometry, string changes, bool removeNulls = false)
    {
        var properties = JsonNode.Parse("""{"name":"A","authority":"B","policy":"P","kind":"natural","rule":"generalize","h3_resolution":6}""")!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject().ToList())
        {
            properties[name] = value?.DeepClone();
            if (removeNulls && value is null)
            {
                properties.Remove(name);
            }
        }

        var feature = new JsonObject { ["type"] = "Feature", ["properties"] = properties, ["geometry"] = JsonNode.Parse(geometry) };
        var file = new JsonObject { ["type"] = "FeatureCollection", ["features"] = new JsonArray(feature) };
        return PolicyReader.Read(Encoding.UTF8.GetBytes(file.ToJsonString()), 5);
    }
}
