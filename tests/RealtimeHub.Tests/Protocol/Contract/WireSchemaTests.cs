using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Hubs;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.Notices;
using RealtimeHub.Testing.Contract;

namespace RealtimeHub.Tests.Protocol.Contract;

// What finds faults in everything else has to find them here first.
public class WireSchemaTests
{
    private static readonly FrameEnvelope Frame = new()
    {
        Type = "event",
        Channel = "events",
        Epoch = "69ac6dfc57dbf5de",
        Sequence = 1,
        Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        EventId = "a",
        Payload = JsonPayload.FromValidUtf8("{\"free\":1}"u8.ToArray()),
    };

    [Fact]
    public void P231_a_frame_fits_its_schema() => Assert.Empty(WireSchema.Push(HubPaths.Events, "Event", Json(Frame)));

    [Theory]
    [InlineData("\"sequence\":1,", "", "$.sequence is missing")]
    [InlineData("\"sequence\":1,", "\"sequence\":1.5,", "$.sequence is no integer")]
    [InlineData("\"sequence\":1,", "\"sequence\":1,\"Sequence\":1,", "$.Sequence is in no schema")]
    [InlineData("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00Z", "$.timestamp is no date-time")]
    [InlineData("\"requires_ack\":false", "\"requires_ack\":null", "$.requires_ack is no boolean")]
    [InlineData("\"requires_ack\":false", "\"requires_ack\":false,\"tags\":{\"a\":1}", "$.tags.a is no string")]
    public void P231_what_differs_from_the_schema_is_found(string text, string replacement, string error)
    {
        var changed = Json(Frame).GetRawText().Replace(text, replacement, StringComparison.Ordinal);

        var errors = WireSchema.Push(HubPaths.Events, "Event", JsonDocument.Parse(changed).RootElement);

        Assert.Contains(errors, e => e.Contains(error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"kind":"end","end":{"epoch":"e","sequence":1}}""", true)]
    [InlineData("""{"kind":"end"}""", false)]
    [InlineData("""{"kind":"end","gap":{}}""", false)]
    [InlineData("""{"kind":"other","end":{"epoch":"e","sequence":1}}""", false)]
    public void P231_an_item_of_a_stream_has_exactly_the_member_that_its_kind_names(string item, bool fits) =>
        Assert.Equal(fits, WireSchema.Answer(HubPaths.Jobs, "StreamLogs", JsonDocument.Parse(item).RootElement, isItem: true).Count == 0);

    [Fact]
    public void P231_a_value_outside_of_its_table_is_found()
    {
        Assert.Empty(WireSchema.Type("Gap", Json(new Gap("c", "e", 1, 1, 1, GapReasons.Expired))));
        Assert.NotEmpty(WireSchema.Type("Gap", Json(new Gap("c", "e", 1, 1, 1, "bored"))));
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, RealtimeJson.Options);
}
