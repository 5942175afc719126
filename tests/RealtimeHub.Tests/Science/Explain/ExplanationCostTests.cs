using RealtimeHub.Science.Explain;

namespace RealtimeHub.Tests.Science.Explain;

public sealed class ExplanationCostTests
{
    [Fact]
    public void ShapleyOperations_of_the_largest_recipe_are_known()
    {
        // 200 · (64 · 15 + 16 · (64 · 4 + 256 · 4)) once, and 200 · (15 + 16 · 8) for each of 595 cells.
        Assert.Equal(4_288_000 + 17_017_000, ExplanationCost.ShapleyOperations(200, 4, 64, 595));
    }

    [Fact]
    public void ShapleyOperations_grow_in_proportion_to_the_cells()
    {
        var none = ExplanationCost.ShapleyOperations(200, 4, 64, 0);

        Assert.Equal(
            10 * (ExplanationCost.ShapleyOperations(200, 4, 64, 100) - none),
            ExplanationCost.ShapleyOperations(200, 4, 64, 1_000) - none);
    }

    [Theory]
    [InlineData(201, 4, 64)]
    [InlineData(200, 5, 64)]
    [InlineData(200, 4, 65)]
    [InlineData(0, 4, 64)]
    public void ShapleyOperations_refuse_what_is_no_recipe(int trees, int depth, int backgroundRows)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ExplanationCost.ShapleyOperations(trees, depth, backgroundRows, 595));
    }

    [Fact]
    public void PathOperations_are_bounded_for_the_largest_recipe()
    {
        Assert.InRange(ExplanationCost.PathOperations(200, 4, 595), 1, 200_000_000);
    }
}
