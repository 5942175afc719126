using System.Reflection;
using System.Text.Json;
using RealtimeHub.Protocol.Channels;
using RealtimeHub.Protocol.Governance;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Protocol.Governance;

public class FrameGovernanceTests
{
    private const string Multihash = "1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly FrameGovernance Whole = new(
        new Care("h3-generalized", "public-generalized", ["A rule."]),
        new Provenance("urn:kfm:activity:ws:infer:1", ["urn:kfm:data:stac:1"], "urn:kfm:service:climate-ws-api"),
        new Checksums(Multihash),
        new StacReferences(["item-1"]));

    [Fact]
    public void P162_governance_cannot_be_built_without_one_of_its_parts()
    {
        Assert.Throws<ArgumentNullException>(() => new FrameGovernance(null!, Whole.Prov, Whole.Checksums, Whole.Stac));
        Assert.Throws<ArgumentNullException>(() => new FrameGovernance(Whole.Care, null!, Whole.Checksums, Whole.Stac));
        Assert.Throws<ArgumentNullException>(() => new FrameGovernance(Whole.Care, Whole.Prov, null!, Whole.Stac));
        Assert.Throws<ArgumentNullException>(() => new FrameGovernance(Whole.Care, Whole.Prov, Whole.Checksums, null!));
        Assert.Throws<ArgumentNullException>(() => new GovernedEnvelope(TestEnvelopes.Envelope(), null!));
    }

    [Fact]
    public void P162_no_part_of_governance_can_be_empty()
    {
        Assert.ThrowsAny<ArgumentException>(() => new Care("", "public-stream", []));
        Assert.ThrowsAny<ArgumentException>(() => new Care("none", " ", []));
        Assert.ThrowsAny<ArgumentException>(() => new Care("none", "public-stream", null!));
        Assert.ThrowsAny<ArgumentException>(() => new Care("none", "public-stream", [""]));
        Assert.ThrowsAny<ArgumentException>(() => new Provenance("", ["a"], "b"));
        Assert.ThrowsAny<ArgumentException>(() => new Provenance("a", [], "b"));
        Assert.ThrowsAny<ArgumentException>(() => new Provenance("a", ["a", null!], "b"));
        Assert.ThrowsAny<ArgumentException>(() => new Provenance("a", ["a"], ""));
        Assert.ThrowsAny<ArgumentException>(() => new StacReferences([]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1220abcd")]
    [InlineData("1221e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("1220E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85g")]
    public void P162_a_checksum_is_a_sha2_256_multihash(string text) => Assert.ThrowsAny<ArgumentException>(() => new Checksums(text));

    [Fact]
    public void Of_is_the_multihash_of_the_bytes() => Assert.Equal(Multihash, Checksums.Of([]).Multihash);

    [Fact]
    public void P162_nobody_but_the_governed_envelope_sets_governance_and_nothing_in_it_can_be_changed()
    {
        var setter = typeof(Envelope).GetProperty(nameof(Envelope.Governance))!.SetMethod!;

        Assert.True(setter.IsAssembly, "Envelope.Governance can be set from outside.");
        Assert.All(
            new[] { typeof(FrameGovernance), typeof(Care), typeof(Provenance), typeof(Checksums), typeof(StacReferences) },
            t => Assert.All(t.GetProperties(BindingFlags.Public | BindingFlags.Instance), p => Assert.Null(p.SetMethod)));
    }

    [Fact]
    public void P162_a_frame_spells_its_governance_as_documented()
    {
        var frame = new FrameEnvelope
        {
            Type = "data",
            Channel = "climate:1",
            Epoch = "0123456789abcdef",
            Sequence = 1,
            Timestamp = DateTimeOffset.UnixEpoch,
            EventId = "e",
            Care = Whole.Care,
            Prov = Whole.Prov,
            Checksums = Whole.Checksums,
            Stac = Whole.Stac,
        };

        var json = JsonSerializer.SerializeToElement(frame, RealtimeJsonContext.Default.FrameEnvelope);

        Assert.Equal("""{"masking":"h3-generalized","scope":"public-generalized","notes":["A rule."]}""", json.GetProperty("care").GetRawText());
        Assert.Equal("""{"activity":"urn:kfm:activity:ws:infer:1","used":["urn:kfm:data:stac:1"],"agent":"urn:kfm:service:climate-ws-api"}""", json.GetProperty("prov").GetRawText());
        Assert.Equal($$"""{"multihash":"{{Multihash}}"}""", json.GetProperty("checksums").GetRawText());
        Assert.Equal("""{"items":["item-1"]}""", json.GetProperty("stac").GetRawText());
        var read = json.Deserialize(RealtimeJsonContext.Default.FrameEnvelope)!;
        Assert.Equal((Whole.Care.Masking, Whole.Prov.Activity, Whole.Checksums, Whole.Stac.Items[0]), (read.Care!.Masking, read.Prov!.Activity, read.Checksums, read.Stac!.Items[0]));
    }

    [Fact]
    public void P162_frames_of_other_families_have_no_such_members()
    {
        var frame = new FrameEnvelope { Type = "event", Channel = "events", Epoch = "0123456789abcdef", Sequence = 1, Timestamp = DateTimeOffset.UnixEpoch, EventId = "e" };

        var json = JsonSerializer.SerializeToElement(frame, RealtimeJsonContext.Default.FrameEnvelope);

        Assert.All(new[] { "care", "prov", "checksums", "stac" }, m => Assert.False(json.TryGetProperty(m, out _)));
    }
}
