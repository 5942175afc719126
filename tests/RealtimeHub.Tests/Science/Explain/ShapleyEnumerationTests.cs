using RealtimeHub.Science.Explain;

namespace RealtimeHub.Tests.Science.Explain;

public sealed class ShapleyEnumerationTests
{
    [Theory]
    [InlineData("linear-interaction")]
    [InlineData("gradient-boosted-trees")]
    [InlineData("logistic")]
    [InlineData("moisture-wind-formula")]
    public void Explain_gives_the_reference_values(string id)
    {
        var reference = ShapReference.Model(id);
        var function = ShapReference.Function(id);

        foreach (var item in reference.GetProperty("cases").EnumerateArray())
        {
            var actual = ShapleyEnumeration.Explain(function, ShapReference.Doubles(item.GetProperty("x")), ShapReference.Background);

            var tolerance = 1e-9 * Math.Max(1, Math.Abs(actual.Prediction));
            Assert.Equal(item.GetProperty("prediction").GetDouble(), actual.Prediction, tolerance);
            Assert.Equal(reference.GetProperty("base_value").GetDouble(), actual.Baseline, tolerance);
            Assert.All(
                ShapReference.Doubles(item.GetProperty("attributions")).Zip(actual.Contributions),
                pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Fact]
    public void Explain_gives_exactly_zero_to_a_feature_without_influence()
    {
        var item = ShapReference.Model("moisture-wind-formula").GetProperty("cases")[0];

        var actual = ShapleyEnumeration.Explain(
            ShapReference.Function("moisture-wind-formula"), ShapReference.Doubles(item.GetProperty("x")), ShapReference.Background);

        Assert.Equal(0, actual.Contributions[0]);
    }

    /// <summary>By hand: f = x0·x1 at (2, 3) against (0, 0): either feature alone gives nothing, both give 6, so each gets 3.</summary>
    [Fact]
    public void Explain_shares_a_product_evenly()
    {
        var actual = ShapleyEnumeration.Explain(row => row[0] * row[1], [2, 3], [0, 0]);

        Assert.Equal([3.0, 3.0], actual.Contributions);
    }

    [Fact]
    public void Explain_refuses_more_features_than_can_be_enumerated()
    {
        Assert.Throws<ArgumentException>(() => ShapleyEnumeration.Explain(row => 0, new double[13], new double[13]));
    }

    [Fact]
    public void Explain_refuses_a_background_of_broken_rows()
    {
        Assert.Throws<ArgumentException>(() => ShapleyEnumeration.Explain(row => 0, new double[3], new double[4]));
    }
}
