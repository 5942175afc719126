using FsCheck.Fluent;
using RealtimeHub.Science.Explain;
using RealtimeHub.Science.Trees;
using RealtimeHub.Tests.Engine;
using RealtimeHub.Tests.Science.Trees;

namespace RealtimeHub.Tests.Science.Explain;

public sealed class TreePathAttributionTests
{
    /// <summary>Depth 2: x0 ≤ 1 ? (x1 ≤ 1 ? 0 : 10) : (x1 ≤ 3 ? 100 : 1000).</summary>
    private static readonly TreeEnsemble Hand = new(RandomEnsembles.Of(2, 2, [0, 1, 1], [1, 1, 3], [0, 10, 100, 1000]));

    /// <summary>
    /// By hand, from (0, 0) to (2, 4): x1 crosses 1 at ¼ (0 → 10), x0 crosses 1 at ½ (10 → 100, since x1 is 2 there), x1 crosses 3
    /// at ¾ (100 → 1000).
    /// </summary>
    [Fact]
    public void Explain_gives_each_jump_to_the_feature_that_crosses()
    {
        var actual = TreePathAttribution.Explain(Hand, [2, 4], [0, 0]);

        Assert.Equal([90.0, 910.0], actual.Contributions);
        Assert.Equal(0.25, actual.Baseline);
        Assert.Equal(1000.25, actual.Prediction);
    }

    /// <summary>By hand, from (0, 0) to (2, 2): both cross 1 at ½. x0 first: 100, then 0. x1 first: 10, then 90. The means are 95 and 5.</summary>
    [Fact]
    public void Explain_shares_a_tie_by_both_orders()
    {
        var actual = TreePathAttribution.Explain(Hand, [2, 2], [0, 0]);

        Assert.Equal([95.0, 5.0], actual.Contributions);
    }

    [Fact]
    public void Explain_of_the_baseline_itself_is_zero()
    {
        Assert.Equal([0.0, 0.0], TreePathAttribution.Explain(Hand, [2, 2], [2, 2]).Contributions);
    }

    [Fact]
    public void Explain_sums_to_the_difference_and_leaves_equal_features_out()
    {
        var cases =
            from seed in Gen.Choose(0, int.MaxValue)
            from features in Gen.Choose(2, 8)
            from depth in Gen.Choose(1, 6)
            select (Seed: (ulong)seed, Features: features, Depth: depth);

        Properties.Hold(
            cases.ToArbitrary(),
            item =>
            {
                var ensemble = new TreeEnsemble(RandomEnsembles.Model(item.Seed, item.Features, 8, item.Depth));
                var (row, baseline) = (RandomEnsembles.Rows(item.Seed + 1, 1, item.Features), RandomEnsembles.Rows(item.Seed + 2, 1, item.Features));

                var actual = TreePathAttribution.Explain(ensemble, row, baseline);

                Assert.Equal(ensemble.Predict(row) - ensemble.Predict(baseline), actual.Contributions.Sum(), 1e-10);
                Assert.All(
                    Enumerable.Range(0, item.Features).Where(feature => row[feature].Equals(baseline[feature])),
                    feature => Assert.Equal(0, actual.Contributions[feature]));
            });
    }

    /// <summary>Going back over the same line crosses the same thresholds the other way.</summary>
    [Fact]
    public void Explain_changes_sign_when_row_and_baseline_change_places()
    {
        Properties.Hold(
            Gen.Choose(0, int.MaxValue).ToArbitrary(),
            seed =>
            {
                var ensemble = new TreeEnsemble(RandomEnsembles.Model((ulong)seed, 5, 8, 4));
                var row = Array.ConvertAll(RandomEnsembles.Rows((ulong)seed + 1, 1, 5), value => value + 0.1f);
                var baseline = RandomEnsembles.Rows((ulong)seed + 2, 1, 5);

                var (there, back) = (TreePathAttribution.Explain(ensemble, row, baseline), TreePathAttribution.Explain(ensemble, baseline, row));

                Assert.All(there.Contributions.Zip(back.Contributions), pair => Assert.Equal(pair.First, -pair.Second, 1e-10));
            });
    }

    /// <summary>The definition itself: many small steps along the line, each jump given to the one feature that crossed.</summary>
    [Fact]
    public void Explain_equals_a_fine_walk_along_the_line_where_nothing_ties()
    {
        var ensemble = new TreeEnsemble(RandomEnsembles.Model(77, 4, 10, 4));
        float[] row = [1.9f, -1.63f, 0.71f, 1.13f];
        float[] baseline = [-1.87f, 1.41f, -1.55f, -1.3f];
        var expected = new double[4];
        var before = (float[])baseline.Clone();
        for (var step = 1; step <= 20_000; step++)
        {
            for (var feature = 0; feature < 4; feature++)
            {
                var old = ensemble.Predict(before);
                before[feature] = step == 20_000 ? row[feature] : (float)(baseline[feature] + (((double)row[feature] - baseline[feature]) * step / 20_000));
                expected[feature] += ensemble.Predict(before) - old;
            }
        }

        var actual = TreePathAttribution.Explain(ensemble, row, baseline);

        Assert.All(expected.Zip(actual.Contributions), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Explain_refuses_missing_values()
    {
        Assert.Throws<ArgumentException>(() => TreePathAttribution.Explain(Hand, [1, float.NaN], [0, 0]));
    }
}
