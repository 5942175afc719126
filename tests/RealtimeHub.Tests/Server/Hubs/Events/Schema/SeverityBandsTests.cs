using System.Text.Json;
using RealtimeHub.Server.Hubs.Events.Schema;

namespace RealtimeHub.Tests.Server.Hubs.Events.Schema;

public class SeverityBandsTests
{
    private const string Bands = "severity-bands.json";

    public static TheoryData<string> Cases => EventVectors.Ids(Bands);

    [Theory]
    [MemberData(nameof(Cases))]
    public void LevelOf_bands_scores_as_documented(string id)
    {
        var vector = EventVectors.Case(Bands, id);
        var score = vector.GetProperty("risk_score").GetInt32();
        var level = vector.TryGetProperty("risk_level", out var expected) ? expected.GetString() : null;

        Assert.Equal(level, SeverityBands.LevelOf(score));
        if (level is not null)
        {
            var payload = JsonElement.Parse($$"""{"risk_score":{{score}},"risk_level":"{{level}}"}""");
            Assert.Equal(vector.GetProperty("requires_ack").GetBoolean(), EventRules.RequiresAck("event", payload));
        }
    }

    [Theory]
    [InlineData(0, "low")]
    [InlineData(29.9, "low")]
    [InlineData(60, "high")]
    [InlineData(84, "high")]
    [InlineData(84.9, "high")]
    [InlineData(100, "critical")]
    [InlineData(100.5, null)]
    [InlineData(-0.1, null)]
    [InlineData(double.NaN, null)]
    public void LevelOf_knows_only_scores(double score, string? level) => Assert.Equal(level, SeverityBands.LevelOf(score));
}
