using System.Text.Json;
using System.Text.Json.Nodes;

namespace RealtimeHub.Tests.Server.Provenance;

/// <summary>The checker itself: it takes what is valid by definition and refuses it once broken.</summary>
public class JsonSchemasTests
{
    [Theory]
    [InlineData("simple-item-1.0.0.json")]
    [InlineData("core-item-1.0.0.json")]
    [InlineData("extended-item-1.0.0.json")]
    public void Problems_are_none_in_items_that_are_valid_by_definition(string example) => Assert.Empty(JsonSchemas.Problems("stac/v1.0.0/item.json", Example(example)));

    [Theory]
    [InlineData("id", null)]
    [InlineData("stac_version", "\"0.9\"")]
    [InlineData("type", "\"Thing\"")]
    [InlineData("bbox", "[1,2,3]")]
    [InlineData("bbox", null)]
    [InlineData("geometry", "{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4],[1,2]]]}")]
    [InlineData("links", "[{\"rel\":\"self\"}]")]
    [InlineData("assets", "{\"data\":{}}")]
    [InlineData("assets", "{\"data\":{\"href\":\"a\",\"roles\":\"data\"}}")]
    [InlineData("properties", "{}")]
    [InlineData("properties", "{\"datetime\":null}")]
    [InlineData("properties", "{\"datetime\":\"yesterday\"}")]
    [InlineData("collection", null)]
    public void Problems_are_found_in_items_that_are_broken(string member, string? value)
    {
        var item = JsonNode.Parse(Example("simple-item-1.0.0.json").GetRawText())!.AsObject();
        item.Remove(member);
        if (value is not null)
        {
            item[member] = JsonNode.Parse(value);
        }

        Assert.NotEmpty(JsonSchemas.Problems("stac/v1.0.0/item.json", JsonSerializer.SerializeToElement(item)));
    }

    private static JsonElement Example(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors/schemas/stac/examples", name)));
        return json.RootElement.Clone();
    }
}
