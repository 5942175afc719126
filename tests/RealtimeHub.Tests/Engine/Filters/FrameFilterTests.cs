using RealtimeHub.Engine.Filters;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Tests.Engine.Filters;

public class FrameFilterTests
{
    private readonly EngineParts _parts = new();

    [Fact]
    public void Matches_everything_without_patterns_and_nothing_with_none()
    {
        var frame = _parts.Log().Append();

        Assert.True(new FrameFilter(null, null).Matches(frame));
        Assert.False(new FrameFilter([], null).Matches(frame));
    }

    [Fact]
    public void Matches_needs_one_pattern_and_the_tags()
    {
        var filter = new FrameFilter([Pattern("a.*"), Pattern("b.*")], Tags("zone", "north"));
        var log = _parts.Log();
        var north = new Dictionary<string, string> { ["zone"] = "north" };

        Assert.True(filter.Matches(log.Append(TestEnvelopes.Envelope("b.x", tags: north))));
        Assert.False(filter.Matches(log.Append(TestEnvelopes.Envelope("c.x", tags: north))));
        Assert.False(filter.Matches(log.Append(TestEnvelopes.Envelope("b.x"))));
    }

    [Fact]
    public void Matches_every_raw_send()
    {
        var frame = _parts.Log().Append(TestEnvelopes.RawMessage(), null);

        Assert.True(new FrameFilter([], null).Matches(frame));
    }

    [Fact]
    public void Matches_allocates_nothing()
    {
        var filter = new FrameFilter([Pattern("a.*"), Pattern("b.*")], Tags("zone", "north"));
        var frame = _parts.Log().Append(TestEnvelopes.Envelope("b.x", tags: new Dictionary<string, string> { ["zone"] = "north" }));

        Assert.Equal(0, Allocations.OfThousand(() => filter.Matches(frame)));
    }

    private static EventPattern Pattern(string text) => EventPattern.TryParse(text, out var pattern) ? pattern : throw new ArgumentException(text);

    private static TagCondition Tags(string tag, string value) => TagCondition.Compile(new TagFilter { Tag = tag, Op = "eq", Value = value }, "filter", [])!;
}
