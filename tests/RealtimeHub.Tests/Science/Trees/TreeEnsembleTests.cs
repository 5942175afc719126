using RealtimeHub.Science.Trees;

namespace RealtimeHub.Tests.Science.Trees;

public sealed class TreeEnsembleTests
{
    /// <summary>Depth 2: x0 ≤ 1 ? (x1 ≤ 5 ? 10 : 20) : 30 for both leaves, since the right place does not split.</summary>
    private static readonly TreeEnsembleModel Hand = RandomEnsembles.Of(2, 2, [0, 1, -1], [1, 5, 0], [10, 20, 30, 30]);

    [Theory]
    [InlineData(1, 5, 10.25)]
    [InlineData(1, 5.5, 20.25)]
    [InlineData(1.5, 5, 30.25)]
    [InlineData(float.NaN, 5, 30.25)]
    [InlineData(0, float.NaN, 20.25)]
    [InlineData(float.PositiveInfinity, 0, 30.25)]
    public void Predict_goes_left_up_to_the_threshold_and_right_above_or_without_a_value(float x0, float x1, double expected)
    {
        Assert.Equal(expected, new TreeEnsemble(Hand).Predict([x0, x1]));
    }

    [Fact]
    public void Predict_without_trees_is_the_base_value()
    {
        var ensemble = new TreeEnsemble(RandomEnsembles.Of(1, 3, [], [], [], baseValue: 7));

        Assert.Equal(7, ensemble.Predict([3]));
    }

    [Fact]
    public void Predict_of_many_rows_equals_row_by_row()
    {
        var ensemble = new TreeEnsemble(RandomEnsembles.Model(3, 5, 20, 4));
        var rows = RandomEnsembles.Rows(4, 30, 5);
        var predictions = new double[30];

        ensemble.Predict(rows, predictions);

        Assert.Equal(Enumerable.Range(0, 30).Select(row => ensemble.Predict(rows.AsSpan(row * 5, 5))), predictions);
    }

    [Fact]
    public void Predict_allocates_nothing()
    {
        var ensemble = new TreeEnsemble(RandomEnsembles.Model(3, 5, 20, 4));
        var row = RandomEnsembles.Rows(4, 1, 5);
        ensemble.Predict(row);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 100; turn++)
        {
            ensemble.Predict(row);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Predict_refuses_a_row_of_another_length()
    {
        Assert.Throws<ArgumentException>(() => new TreeEnsemble(Hand).Predict([1, 2, 3]));
    }

    public static TheoryData<string, TreeEnsembleModel> Broken => new()
    {
        { "Format", Hand with { Format = 2 } },
        { "Depth", Hand with { Depth = 7 } },
        { "features", Hand with { FeatureNames = [] } },
        { "Features[0]", Hand with { Features = [2, 1, -1] } },
        { "Thresholds[0]", Hand with { Thresholds = [float.NaN, 5, 0] } },
        { "multiple of 4", Hand with { LeafValues = [10, 20, 30] } },
        { "need 3", Hand with { Features = [0, 1] } },
        { "different leaves", Hand with { LeafValues = [10, 20, 30, 31] } },
        { "splits below place 0", Hand with { Features = [-1, 1, -1], LeafValues = [1, 1, 1, 1] } },
        { "not a number", Hand with { LeafValues = [10, double.NaN, 30, 30] } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Constructor_says_what_is_wrong_with_a_stored_model(string word, TreeEnsembleModel model)
    {
        var exception = Assert.Throws<ArgumentException>(() => new TreeEnsemble(model));

        Assert.Contains(word, exception.Message, StringComparison.Ordinal);
    }
}
