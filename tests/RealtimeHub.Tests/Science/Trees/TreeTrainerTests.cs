using RealtimeHub.Science.Trees;

namespace RealtimeHub.Tests.Science.Trees;

public sealed class TreeTrainerTests
{
    [Fact]
    public void Train_on_equal_targets_predicts_them_and_splits_nowhere()
    {
        var table = new TrainingTable(["x"], "y", "K", [.. Enumerable.Range(0, 100).Select(row => (float)row)], [.. Enumerable.Repeat(4.5, 100)]);

        var model = TreeTrainer.Train(table, new() { Trees = 3 });

        Assert.Equal(4.5, new TreeEnsemble(model).Predict([17]));
        Assert.All(model.Features, feature => Assert.Equal(-1, feature));
    }

    /// <summary>
    /// By hand: targets 0, 0, 6, 6 have mean 3 and residuals −3, −3, 3, 3. The best cut lies between 2 and 3; with λ = 1 the leaves are
    /// −6 / 3 and 6 / 3, and half of that with a rate of one half.
    /// </summary>
    [Fact]
    public void Train_finds_the_split_worked_out_by_hand()
    {
        var table = new TrainingTable(["x"], "y", "K", [1, 2, 3, 4], [0, 0, 6, 6]);

        var model = TreeTrainer.Train(table, new() { Trees = 1, Depth = 1, LearningRate = 0.5, L2 = 1, MinLeafRows = 1 });

        Assert.Equal(3, model.BaseValue);
        Assert.Equal([0], model.Features);
        Assert.Equal([2.5f], model.Thresholds);
        Assert.Equal([-1.0, 1.0], model.LeafValues);
        Assert.Equal(3, model.Training.TargetRootMeanSquare);
        Assert.Equal(2, model.Training.ResidualRootMeanSquare);
    }

    [Fact]
    public void Train_breaks_ties_by_the_lower_feature()
    {
        var table = new TrainingTable(["a", "b"], "y", "K", [1, 1, 2, 2, 3, 3, 4, 4], [0, 0, 6, 6]);

        var model = TreeTrainer.Train(table, new() { Trees = 1, Depth = 1, MinLeafRows = 1 });

        Assert.Equal([0], model.Features);
    }

    [Fact]
    public void Train_respects_the_smallest_leaf()
    {
        var model = TreeTrainer.Train(Friedman(300), new() { Trees = 5, MinLeafRows = 40 });
        var ensemble = new TreeEnsemble(model);

        for (var tree = 0; tree < 5; tree++)
        {
            var leaves = Enumerable.Range(0, 300).GroupBy(row => LeafOf(ensemble, tree, Friedman(300).Values.AsSpan(row * 10, 10)));
            Assert.All(leaves, rows => Assert.True(rows.Count() >= 40));
        }
    }

    /// <summary>Friedman's (1991) test function: trees must leave over far less than the spread of the target, on rows they have not seen.</summary>
    [Fact]
    public void Train_learns_the_function_of_Friedman()
    {
        var all = Friedman(3_000);
        var table = all with { Values = all.Values[..20_000], Targets = all.Targets[..2_000] };

        var ensemble = new TreeEnsemble(TreeTrainer.Train(table, new() { Trees = 200, RowShare = 0.7, FeatureShare = 0.7, Seed = 1 }));

        var square = Enumerable.Range(2_000, 1_000).Average(row => Math.Pow(ensemble.Predict(all.Values.AsSpan(row * 10, 10)) - all.Targets[row], 2));
        Assert.InRange(Math.Sqrt(square), 0, 1.1);
        Assert.InRange(Spread(all.Targets), 4.5, 5.5);
    }

    [Fact]
    public void Train_with_few_bins_still_learns()
    {
        var table = Friedman(1_000);

        var model = TreeTrainer.Train(table, new() { Bins = 8 });

        Assert.InRange(model.Training.ResidualRootMeanSquare, 0, 0.3 * model.Training.TargetRootMeanSquare);
    }

    [Fact]
    public void Train_twice_gives_the_same_bits()
    {
        var options = new TreeTrainingOptions { Trees = 30, RowShare = 0.6, FeatureShare = 0.5, Seed = 99 };

        var (first, second) = (TreeTrainer.Train(Friedman(500), options), TreeTrainer.Train(Friedman(500), options));

        Assert.Equal(first.Features, second.Features);
        Assert.Equal(first.Thresholds, second.Thresholds);
        Assert.Equal(first.LeafValues, second.LeafValues);
    }

    [Fact]
    public void Train_with_another_seed_gives_other_trees()
    {
        var options = new TreeTrainingOptions { Trees = 5, RowShare = 0.6, Seed = 99 };

        Assert.NotEqual(
            TreeTrainer.Train(Friedman(500), options).LeafValues,
            TreeTrainer.Train(Friedman(500), options with { Seed = 100 }).LeafValues);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(201, 4)]
    [InlineData(10, 0)]
    [InlineData(10, 5)]
    public void Train_refuses_sizes_beyond_the_recipe(int trees, int depth)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TreeTrainer.Train(Friedman(50), new() { Trees = trees, Depth = depth }));
    }

    [Fact]
    public void Train_refuses_missing_values()
    {
        var table = new TrainingTable(["x"], "y", "K", [1, float.NaN], [0, 1]);

        Assert.Throws<ArgumentException>(() => TreeTrainer.Train(table, new()));
    }

    internal static TrainingTable Friedman(int rows)
    {
        var values = new float[rows * 10];
        var targets = new double[rows];
        for (var row = 0; row < rows; row++)
        {
            for (var feature = 0; feature < 10; feature++)
            {
                values[(row * 10) + feature] = (float)RealtimeHub.Science.Randomness.SplitMix64.UnitAt(5, (ulong)((row * 10) + feature));
            }

            // The product x0·x1 stands for sin(π x0 x1), so that no library function decides a bit.
            var x = values.AsSpan(row * 10, 10);
            var arc = (double)x[0] * x[1];
            targets[row] = (40 * arc * (1 - arc)) + (20 * (x[2] - 0.5) * (x[2] - 0.5)) + (10.0 * x[3]) + (5.0 * x[4]);
        }

        return new([.. Enumerable.Range(0, 10).Select(feature => $"x{feature}")], "friedman1", "1", values, targets);
    }

    private static int LeafOf(TreeEnsemble ensemble, int tree, ReadOnlySpan<float> row)
    {
        var (place, outcomes) = (0, ensemble.Outcomes(tree, row));
        while (place < ensemble.NodesPerTree && ensemble.FeatureAt(tree, place) >= 0)
        {
            place = (2 * place) + 1 + (int)(outcomes >> place & 1);
        }

        return place;
    }

    private static double Spread(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
