using RealtimeHub.Engine.Filters;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Tests.Engine.Filters;

public class TagConditionTests
{
    private static readonly Dictionary<string, string> Tags = new() { ["zone"] = "north-7", ["risk"] = "82.5", ["empty"] = "" };

    [Theory]
    [InlineData("zone", "eq", "north-7", true)]
    [InlineData("zone", "eq", "North-7", false)]
    [InlineData("zone", "eq", "north", false)]
    [InlineData("empty", "eq", "", true)]
    [InlineData("absent", "eq", "", false)]
    [InlineData("zone", null, "north-7", true)]
    [InlineData("zone", "neq", "north-7", false)]
    [InlineData("zone", "neq", "south", true)]
    [InlineData("absent", "neq", "south", true)]
    [InlineData("zone", "ex", null, true)]
    [InlineData("empty", "ex", null, true)]
    [InlineData("absent", "ex", null, false)]
    [InlineData("zone", "nex", null, false)]
    [InlineData("absent", "nex", null, true)]
    [InlineData("zone", "sw", "north", true)]
    [InlineData("zone", "sw", "orth", false)]
    [InlineData("absent", "sw", "", false)]
    [InlineData("zone", "ew", "-7", true)]
    [InlineData("zone", "ew", "-", false)]
    [InlineData("absent", "ew", "", false)]
    [InlineData("zone", "ct", "th-", true)]
    [InlineData("zone", "ct", "x", false)]
    [InlineData("absent", "ct", "", false)]
    [InlineData("risk", "gt", "82", true)]
    [InlineData("risk", "gt", "82.50", false)]
    [InlineData("risk", "gte", "82.50", true)]
    [InlineData("risk", "gte", "83", false)]
    [InlineData("risk", "lt", "1e2", true)]
    [InlineData("risk", "lt", "82.5", false)]
    [InlineData("risk", "lte", "82.5", true)]
    [InlineData("risk", "lte", "-1", false)]
    [InlineData("zone", "gt", "0", false)]
    [InlineData("zone", "lt", "0", false)]
    [InlineData("absent", "gt", "0", false)]
    [InlineData("absent", "lte", "0", false)]
    public void Matches_compares_a_tag_with_a_value(string tag, string? op, string? value, bool expected) =>
        Assert.Equal(expected, Compile(new TagFilter { Tag = tag, Op = op, Value = value }).Matches(Tags));

    [Theory]
    [InlineData("zone", "in", true)]
    [InlineData("zone", "nin", false)]
    [InlineData("risk", "in", false)]
    [InlineData("risk", "nin", true)]
    [InlineData("absent", "in", false)]
    [InlineData("absent", "nin", true)]
    public void Matches_compares_a_tag_with_a_list(string tag, string op, bool expected) =>
        Assert.Equal(expected, Compile(new TagFilter { Tag = tag, Op = op, Values = ["south", "north-7"] }).Matches(Tags));

    [Theory]
    [InlineData("neq", true)]
    [InlineData("nin", true)]
    [InlineData("nex", true)]
    [InlineData("eq", false)]
    [InlineData("ex", false)]
    public void Matches_takes_a_frame_without_tags_as_one_whose_tags_are_absent(string op, bool expected) =>
        Assert.Equal(expected, Compile(new TagFilter { Tag = "zone", Op = op, Value = "a", Values = ["a"] }).Matches(null));

    [Theory]
    [InlineData(true, true, true, true)]
    [InlineData(true, false, false, true)]
    [InlineData(false, false, false, false)]
    public void Matches_combines_with_and_or_and_not(bool left, bool right, bool and, bool or)
    {
        TagFilter[] both = [Is(left), Is(right)];

        Assert.Equal(and, Compile(new TagFilter { And = both }).Matches(Tags));
        Assert.Equal(or, Compile(new TagFilter { Or = both }).Matches(Tags));
        Assert.Equal(!left, Compile(new TagFilter { Not = Is(left) }).Matches(Tags));
    }

    [Fact]
    public void Matches_goes_down_to_the_deepest_level()
    {
        var filter = Is(true);
        for (var level = 1; level < TagCondition.MaxDepth; level++)
        {
            filter = new TagFilter { Not = filter };
        }

        Assert.False(Compile(filter).Matches(Tags));
    }

    [Fact]
    public void Matches_allocates_nothing()
    {
        var condition = Compile(new TagFilter
        {
            And =
            [
                new TagFilter { Tag = "risk", Op = "gte", Value = "80" },
                new TagFilter { Or = [new TagFilter { Tag = "zone", Op = "in", Values = ["a", "b"] }, new TagFilter { Tag = "zone", Op = "ct", Value = "7" }] },
                new TagFilter { Not = new TagFilter { Tag = "absent", Op = "ex" } },
            ],
        });

        Assert.Equal(0, Allocations.OfThousand(() => condition.Matches(Tags)));
    }

    private static TagFilter Is(bool met) => new() { Tag = "zone", Op = met ? "ex" : "nex" };

    private static TagCondition Compile(TagFilter filter)
    {
        List<RealtimeHub.Protocol.Errors.FieldError> errors = [];
        var condition = TagCondition.Compile(filter, "filter", errors);
        Assert.Empty(errors);
        return condition!;
    }
}
