using RealtimeHub.Engine.Filters;
using RealtimeHub.Protocol.Errors;
using RealtimeHub.Protocol.Requests;

namespace RealtimeHub.Tests.Engine.Filters;

/// <summary>What is wrong with a filter is named by its path, value and bound.</summary>
public class TagConditionCompileTests
{
    private static readonly TagFilter Good = new() { Tag = "a", Op = "ex" };

    private static readonly string Long = new('x', TagCondition.MaxValueLength + 1);

    public static TheoryData<string, TagFilter, string, string?> Bad { get; } = new()
    {
        { "nothing", new(), "filter", "and | or | not | tag" },
        { "two kinds", new() { Tag = "a", Not = Good }, "filter", "and | or | not | tag" },
        { "empty and", new() { And = [] }, "filter.and", "1..64" },
        { "empty or", new() { Or = [] }, "filter.or", "1..64" },
        { "no such operator", new() { Tag = "a", Op = "like", Value = "b" }, "filter.op", "eq neq in nin ex nex sw ew ct gt gte lt lte" },
        { "operators have no capitals", new() { Tag = "a", Op = "EQ", Value = "b" }, "filter.op", "eq neq in nin ex nex sw ew ct gt gte lt lte" },
        { "no value", new() { Tag = "a", Op = "eq" }, "filter.value", "at most 200 characters" },
        { "value too long", new() { Tag = "a", Op = "sw", Value = Long }, "filter.value", "at most 200 characters" },
        { "no values", new() { Tag = "a", Op = "in" }, "filter.values", "1..64 values" },
        { "empty values", new() { Tag = "a", Op = "nin", Values = [] }, "filter.values", "1..64 values" },
        { "too many values", new() { Tag = "a", Op = "in", Values = [.. Enumerable.Repeat("v", 65)] }, "filter.values", "1..64 values" },
        { "a value too long", new() { Tag = "a", Op = "in", Values = ["v", Long] }, "filter.values", "at most 200 characters" },
        { "a value missing", new() { Tag = "a", Op = "in", Values = ["v", null!] }, "filter.values", "at most 200 characters" },
        { "no number", new() { Tag = "a", Op = "gt", Value = "12x" }, "filter.value", "a number in text form" },
        { "nested", new() { And = [Good, new() { Or = [Good, new() { Not = new() { Tag = "a", Op = "x" } }] }] }, "filter.and[1].or[1].not.op", "eq neq in nin ex nex sw ew ct gt gte lt lte" },
        { "condition missing", new() { And = [Good, null!] }, "filter.and[1]", null },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Compile_names_the_bad_member(string what, TagFilter filter, string field, string? bound)
    {
        List<FieldError> errors = [];

        var condition = TagCondition.Compile(filter, "filter", errors);

        var error = Assert.Single(errors);
        Assert.Null(condition);
        Assert.True((field, bound) == (error.Field, error.Bound), $"{what}: {error}");
    }

    [Fact]
    public void Compile_repeats_the_bad_operator_and_number()
    {
        List<FieldError> errors = [];

        TagCondition.Compile(new TagFilter { Tag = "a", Op = "like" }, "filter", errors);
        TagCondition.Compile(new TagFilter { Tag = "a", Op = "lt", Value = "high" }, "filter", errors);

        Assert.Equal(["like", "high"], errors.Select(e => e.Value));
    }

    [Fact]
    public void Compile_names_a_missing_condition_though_another_member_was_bad_before()
    {
        List<FieldError> errors = [new("id", "Something else.")];

        var condition = TagCondition.Compile(new TagFilter { Or = [null!] }, "filter", errors);

        Assert.Null(condition);
        Assert.Equal(["id", "filter.or[0]"], errors.Select(e => e.Field));
    }

    [Fact]
    public void Compile_takes_every_limit_exactly()
    {
        List<FieldError> errors = [];

        var values = TagCondition.Compile(new TagFilter { Tag = "a", Op = "in", Values = [.. Enumerable.Repeat(Long[1..], 64)] }, "filter", errors);
        var nodes = TagCondition.Compile(new TagFilter { Or = [.. Enumerable.Repeat(Good, TagCondition.MaxNodes - 1)] }, "filter", errors);
        var levels = TagCondition.Compile(Nested(TagCondition.MaxDepth), "filter", errors);

        Assert.Empty(errors);
        Assert.All([values, nodes, levels], Assert.NotNull);
    }

    [Fact]
    public void Compile_refuses_one_node_and_one_level_too_many()
    {
        List<FieldError> errors = [];

        TagCondition.Compile(new TagFilter { Or = [.. Enumerable.Repeat(Good, TagCondition.MaxNodes)] }, "filter", errors);
        TagCondition.Compile(Nested(TagCondition.MaxDepth + 1), "filter", errors);

        Assert.Equal(["filter.or[63]", "filter" + string.Concat(Enumerable.Repeat(".not", 8))], errors.Select(e => e.Field));
        Assert.All(errors, e => Assert.Equal("8 levels, 64 nodes", e.Bound));
    }

    private static TagFilter Nested(int levels) => levels == 1 ? Good : new TagFilter { Not = Nested(levels - 1) };
}
