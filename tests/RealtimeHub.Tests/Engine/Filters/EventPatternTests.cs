using System.Diagnostics;
using RealtimeHub.Engine.Filters;
using RealtimeHub.Tests.Server.Hubs.Events.Schema;

namespace RealtimeHub.Tests.Engine.Filters;

public class EventPatternTests
{
    private const string Vectors = "subscriptions.json";

    public static TheoryData<string> Cases { get; } = EventVectors.Ids(Vectors, c => c.TryGetProperty("should_send", out _));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches_agrees_with_the_vectors(string id)
    {
        var vector = EventVectors.Case(Vectors, id);
        var patterns = vector.GetProperty("patterns") is { ValueKind: System.Text.Json.JsonValueKind.Array } given
            ? given.EnumerateArray().Select(p => Parse(p.GetString()!)).ToList()
            : null;
        var filter = new FrameFilter(patterns, null);
        var log = new EngineParts().Log();

        foreach (var expectation in vector.GetProperty("should_send").EnumerateObject())
        {
            // Where a server may differ, ours takes dots and underscores for the same, and sends.
            var expected = vector.TryGetProperty("divergence_allowed", out _) || expectation.Value.GetBoolean();
            Assert.True(expected == filter.Matches(log.Append(TestEnvelopes.Envelope(expectation.Name))), $"{id}: {expectation.Name}");
        }
    }

    [Theory]
    [InlineData("alert.*", "alert_created")]
    [InlineData("alert_*", "alert.created")]
    [InlineData("job_progress", "job.progress")]
    [InlineData("job[_]progress", "job.progress")]
    [InlineData("a?b", "a_b")]
    public void Matches_takes_dots_and_underscores_for_the_same(string pattern, string type) => Assert.True(Parse(pattern).Matches(type));

    [Theory]
    [InlineData("ALERT.*", "alert.created")]
    [InlineData("alert.*", "Alert.Created")]
    [InlineData("[A-C]x", "bX")]
    public void Matches_compares_without_case(string pattern, string type) => Assert.True(Parse(pattern).Matches(type));

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("**", "", true)]
    [InlineData("?", "", false)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "abbb", false)]
    [InlineData("*.end", "a.b.end", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a", "ab", false)]
    [InlineData("ab", "a", false)]
    [InlineData("[abc]x", "bx", true)]
    [InlineData("[abc]x", "dx", false)]
    [InlineData("[!abc]x", "dx", true)]
    [InlineData("[!abc]x", "ax", false)]
    [InlineData("cam[0-9]", "cam7", true)]
    [InlineData("cam[0-9]", "camx", false)]
    [InlineData("cam[!0-9]", "camx", true)]
    [InlineData("cam[0-9a-f]", "camc", true)]
    [InlineData("[a-]x", "-x", true)]
    [InlineData("[-a]x", "-x", true)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("[]a]x", "ax", true)]
    [InlineData("[!]]x", "]x", false)]
    [InlineData("[!]]x", "ax", true)]
    [InlineData("[!]", "[!]", true)]
    [InlineData("[!]", "a", false)]
    [InlineData("[abc", "[abc", true)]
    [InlineData("[abc", "a", false)]
    [InlineData("[", "[", true)]
    [InlineData("*[ab]", "xxb", true)]
    [InlineData("*[ab]*[cd]*", "..b..d..", true)]
    [InlineData("[*]", "*", true)]
    [InlineData("[?]", "a", false)]
    public void Matches_like_a_shell(string pattern, string type, bool expected) => Assert.Equal(expected, Parse(pattern).Matches(type));

    [Fact]
    public void Matches_takes_no_longer_for_patterns_made_to_take_long()
    {
        var type = new string('a', 1_000);
        string[] patterns =
        [
            string.Concat(Enumerable.Repeat("*a", 500)) + "b",
            new string('*', 1_000) + "b",
            string.Concat(Enumerable.Repeat("*[a-z]", 160)) + "b",
            "*" + string.Concat(Enumerable.Repeat("[!b]", 250)) + "b",
        ];
        var watch = Stopwatch.StartNew();

        Assert.All(patterns, p => Assert.False(Parse(p[..Math.Min(p.Length, EventPattern.MaxLength - 1)] + "b").Matches(type)));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void Matches_allocates_nothing()
    {
        var pattern = Parse("*alert[._]c?eat[a-f]d*");

        Assert.Equal(0, Allocations.OfThousand(() => pattern.Matches("some.alert_created.type")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void TryParse_refuses_nothing(string? text) => Assert.False(EventPattern.TryParse(text, out _));

    [Fact]
    public void TryParse_takes_as_many_characters_as_are_allowed()
    {
        Assert.True(EventPattern.TryParse(new string('a', EventPattern.MaxLength), out _));
        Assert.False(EventPattern.TryParse(new string('a', EventPattern.MaxLength + 1), out _));
    }

    [Fact]
    public void TryParse_trims_and_lowers()
    {
        Assert.True(EventPattern.TryParse("  Alert.* ", out var pattern));
        Assert.Equal("alert.*", pattern.Text);
        Assert.Equal("alert.*", pattern.ToString());
    }

    [Fact]
    public void Equals_goes_by_meaning()
    {
        Assert.Equal(Parse("alert.*"), Parse("ALERT_*"));
        Assert.Equal(Parse("alert.*").GetHashCode(), Parse("ALERT_*").GetHashCode());
        Assert.NotEqual(Parse("alert.*"), Parse("alert.?"));
        Assert.True(Parse("*").MatchesAll);
        Assert.False(Parse("a*").MatchesAll);
    }

    private static EventPattern Parse(string text) =>
        EventPattern.TryParse(text, out var pattern) ? pattern : throw new ArgumentException($"{text} is no pattern.");
}
