using FsCheck.Fluent;
using RealtimeHub.Science.Explain;
using RealtimeHub.Science.Trees;
using RealtimeHub.Tests.Engine;
using RealtimeHub.Tests.Science.Trees;

namespace RealtimeHub.Tests.Science.Explain;

public sealed class TreeShapleyTests
{
    [Fact]
    public void Explain_equals_the_enumeration_of_all_coalitions()
    {
        var cases =
            from seed in Gen.Choose(0, int.MaxValue)
            from features in Gen.Choose(2, 8)
            from depth in Gen.Choose(1, 6)
            from trees in Gen.Choose(1, 6)
            from rows in Gen.Choose(1, 12)
            select (Seed: (ulong)seed, Features: features, Depth: depth, Trees: trees, Rows: rows);

        Properties.Hold(
            cases.ToArbitrary(),
            item =>
            {
                var ensemble = new TreeEnsemble(RandomEnsembles.Model(item.Seed, item.Features, item.Trees, item.Depth));
                var background = RandomEnsembles.Rows(item.Seed + 1, item.Rows, item.Features);
                var row = RandomEnsembles.Rows(item.Seed + 2, 1, item.Features);

                var actual = new TreeShapley(ensemble, background).Explain(row);

                var expected = ShapleyEnumeration.Explain(x => ensemble.Predict(Floats(x)), Doubles(row), Doubles(background));
                Assert.Equal(expected.Prediction, actual.Prediction);
                Assert.Equal(expected.Baseline, actual.Baseline, 1e-11);
                Assert.All(expected.Contributions.Zip(actual.Contributions), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
            },
            times: 300);
    }

    [Fact]
    public void Explain_gives_the_reference_values_of_the_boosted_trees()
    {
        var reference = ShapReference.Model("gradient-boosted-trees");
        var shapley = new TreeShapley(new(ReferenceTrees.Model()), Floats(ShapReference.Background));

        foreach (var item in reference.GetProperty("cases").EnumerateArray())
        {
            var actual = shapley.Explain(Floats(ShapReference.Doubles(item.GetProperty("x"))));

            var tolerance = 1e-9 * Math.Max(1, Math.Abs(actual.Prediction));
            Assert.Equal(item.GetProperty("prediction").GetDouble(), actual.Prediction, tolerance);
            Assert.Equal(reference.GetProperty("base_value").GetDouble(), actual.Baseline, tolerance);
            Assert.All(
                ShapReference.Doubles(item.GetProperty("attributions")).Zip(actual.Contributions),
                pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Fact]
    public void Explain_of_a_large_ensemble_sums_to_prediction_minus_baseline()
    {
        var ensemble = new TreeEnsemble(RandomEnsembles.Model(11, 32, 200, 4));
        var shapley = new TreeShapley(ensemble, RandomEnsembles.Rows(12, 64, 32));

        for (var seed = 20UL; seed < 60; seed++)
        {
            var actual = shapley.Explain(RandomEnsembles.Rows(seed, 1, 32));

            Assert.Equal(actual.Prediction - actual.Baseline, actual.Contributions.Sum(), 1e-9 * Math.Max(1, Math.Abs(actual.Prediction)));
        }
    }

    [Fact]
    public void Explain_gives_exactly_zero_to_a_feature_that_no_tree_asks()
    {
        var ensemble = new TreeEnsemble(RandomEnsembles.Of(3, 1, [1, 1], [0, 1], [1, 2, 3, 5]));

        var actual = new TreeShapley(ensemble, RandomEnsembles.Rows(1, 5, 3)).Explain([2, 2, 2]);

        Assert.Equal(0, actual.Contributions[0]);
        Assert.Equal(0, actual.Contributions[2]);
    }

    [Fact]
    public void Explain_of_a_background_row_alone_is_zero_everywhere()
    {
        var ensemble = new TreeEnsemble(RandomEnsembles.Model(5, 4, 10, 4));
        var row = RandomEnsembles.Rows(6, 1, 4);

        Assert.All(new TreeShapley(ensemble, row).Explain(row).Contributions, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Explain_into_a_span_allocates_nothing()
    {
        var shapley = new TreeShapley(new(RandomEnsembles.Model(5, 4, 10, 4)), RandomEnsembles.Rows(7, 8, 4));
        var (row, contributions) = (RandomEnsembles.Rows(6, 1, 4), new double[4]);
        shapley.Explain(row, contributions);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 50; turn++)
        {
            shapley.Explain(row, contributions);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65 * 4)]
    [InlineData(7)]
    public void Constructor_refuses_a_background_that_is_not_1_to_64_rows(int values)
    {
        Assert.Throws<ArgumentException>(() => new TreeShapley(new(RandomEnsembles.Model(5, 4, 2, 2)), new float[values]));
    }

    private static float[] Floats(ReadOnlySpan<double> values) => Array.ConvertAll(values.ToArray(), value => (float)value);

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);
}
