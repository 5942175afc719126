using RealtimeHub.Science.Climate;

namespace RealtimeHub.Tests.Science.Climate;

public sealed class ClimateExplainerTests
{
    private static readonly ClimateModel Model = new(ClimateTrainer.Train(SyntheticClimate.Grid, SyntheticClimate.Day(5), SyntheticClimate.Options));
    private static readonly float[] Rows = ClimateFeatures.Build(SyntheticClimate.Grid, SyntheticClimate.Day(3)[2]);

    public static TheoryData<ClimateVariable, long> Predictions => new(
        from variable in ClimateVariables.All
        from lead in new long[] { 0, 3_600, 10_800 }
        select (variable, lead));

    [Theory]
    [MemberData(nameof(Predictions))]
    public void ExplainShapley_sums_to_prediction_minus_baseline(ClimateVariable variable, long lead)
    {
        var explainer = new ClimateExplainer(Model, variable, 12);
        var contributions = new double[ClimateFeatures.Count];

        for (var cell = 0; cell < 60; cell++)
        {
            var prediction = explainer.ExplainShapley(Row(cell), lead, contributions);

            Assert.Equal(Model.Predict(variable, Row(cell), lead), prediction);
            Assert.Equal(prediction - explainer.ShapleyBaseline(lead), contributions.Sum(), 1e-9 * Math.Max(1, Math.Abs(prediction)));
        }
    }

    [Theory]
    [MemberData(nameof(Predictions))]
    public void ExplainPath_sums_to_prediction_minus_baseline(ClimateVariable variable, long lead)
    {
        var explainer = new ClimateExplainer(Model, variable, 12);
        var contributions = new double[ClimateFeatures.Count];

        for (var cell = 0; cell < 60; cell++)
        {
            var prediction = explainer.ExplainPath(Row(cell), lead, contributions);

            Assert.Equal(Model.Predict(variable, Row(cell), lead), prediction);
            Assert.Equal(prediction - explainer.PathBaseline(lead), contributions.Sum(), 1e-9 * Math.Max(1, Math.Abs(prediction)));
        }
    }

    [Fact]
    public void ShapleyBaseline_is_the_mean_prediction_over_the_rows_in_use()
    {
        var explainer = new ClimateExplainer(Model, ClimateVariable.T2m, 5);

        var mean = Enumerable.Range(0, 5)
            .Average(row => Model.Predict(ClimateVariable.T2m, Model.Background.AsSpan(row * ClimateFeatures.Count, ClimateFeatures.Count), 10_800));

        Assert.Equal(mean, explainer.ShapleyBaseline(10_800), 1e-10);
    }

    [Fact]
    public void ExplainShapley_at_the_analysis_names_the_value_itself_alone()
    {
        var explainer = new ClimateExplainer(Model, ClimateVariable.U10, 12);
        var contributions = new double[ClimateFeatures.Count];

        explainer.ExplainShapley(Row(8), 0, contributions);

        Assert.All(Enumerable.Range(0, contributions.Length).Where(feature => feature != 2), feature => Assert.Equal(0, contributions[feature]));
        Assert.NotEqual(0, contributions[2]);
    }

    [Fact]
    public void Explain_without_features_gives_no_numbers()
    {
        var explainer = new ClimateExplainer(Model, ClimateVariable.U10, 12);
        var row = Enumerable.Repeat(float.NaN, ClimateFeatures.Count).ToArray();
        var contributions = new double[ClimateFeatures.Count];

        Assert.True(double.IsNaN(explainer.ExplainShapley(row, 3_600, contributions)));
        Assert.All(contributions, value => Assert.True(double.IsNaN(value)));
        contributions.AsSpan().Clear();
        Assert.True(double.IsNaN(explainer.ExplainPath(row, 3_600, contributions)));
        Assert.All(contributions, value => Assert.True(double.IsNaN(value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public void Constructor_refuses_a_background_that_the_model_has_not(int rows)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClimateExplainer(Model, ClimateVariable.T2m, rows));
    }

    private static ReadOnlySpan<float> Row(int cell) => Rows.AsSpan(cell * ClimateFeatures.Count, ClimateFeatures.Count);
}
