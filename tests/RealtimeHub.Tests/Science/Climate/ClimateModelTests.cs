using System.Text;
using System.Text.Json;
using RealtimeHub.Science.Climate;
using RealtimeHub.Tests.Science.Trees;

namespace RealtimeHub.Tests.Science.Climate;

public sealed class ClimateModelTests
{
    private static readonly ClimateModelFile File = ClimateTrainer.Train(SyntheticClimate.Grid, SyntheticClimate.Day(5), SyntheticClimate.Options);
    private static readonly float[] Rows = ClimateFeatures.Build(SyntheticClimate.Grid, SyntheticClimate.Day(3)[2]);

    [Fact]
    public void Predict_at_the_analysis_returns_the_analysis()
    {
        var model = new ClimateModel(File);

        Assert.Equal(Row(4)[0], model.Predict(ClimateVariable.T2m, Row(4), 0));
        Assert.Equal(Row(4)[3], model.Predict(ClimateVariable.V10, Row(4), 0));
    }

    [Fact]
    public void Predict_takes_the_change_in_proportion_to_the_lead()
    {
        var model = new ClimateModel(File);
        var (start, end) = (model.Predict(ClimateVariable.U10, Row(7), 0), model.Predict(ClimateVariable.U10, Row(7), 10_800));

        Assert.NotEqual(start, end);
        Assert.Equal(start + ((end - start) / 3), model.Predict(ClimateVariable.U10, Row(7), 3_600), 1e-12);
    }

    [Fact]
    public void Predict_of_a_field_equals_cell_by_cell_and_keeps_gaps()
    {
        var model = new ClimateModel(File);
        var rows = (float[])Rows.Clone();
        rows.AsSpan(3 * ClimateFeatures.Count, ClimateFeatures.Count).Fill(float.NaN);
        var values = new float[60];

        model.Predict(ClimateVariable.Td2m, rows, 7_200, values);

        Assert.True(float.IsNaN(values[3]));
        Assert.Equal((float)model.Predict(ClimateVariable.Td2m, Row(4), 7_200), values[4]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_801)]
    public void Predict_refuses_a_lead_that_the_model_does_not_reach(long lead)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClimateModel(File).Predict(ClimateVariable.T2m, Row(0), lead));
    }

    [Fact]
    public void Constructor_refuses_a_file_made_for_other_features()
    {
        Assert.Throws<ArgumentException>(() => new ClimateModel(File with { FeatureNames = [.. File.FeatureNames.Reverse()] }));
        Assert.Throws<ArgumentException>(() => new ClimateModel(File with { Changes = [.. File.Changes.Take(3)] }));
        Assert.Throws<ArgumentException>(() => new ClimateModel(File with { Background = [1, 2, 3] }));
        Assert.Throws<ArgumentException>(() => new ClimateModel(File with { Format = 2 }));
    }

    [Theory]
    [InlineData(201, 1)]
    [InlineData(1, 5)]
    public void Constructor_refuses_ensembles_beyond_the_recipe(int trees, int depth)
    {
        var large = RandomEnsembles.Model(1, ClimateFeatures.Count, trees, depth);

        Assert.Throws<ArgumentException>(() => new ClimateModel(File with { Changes = [.. File.Changes.Skip(1), large] }));
    }

    [Fact]
    public void Json_round_trip_keeps_every_bit()
    {
        var json = ClimateModelJson.Write(File);

        var read = ClimateModelJson.Read(json);

        Assert.Equal(json, ClimateModelJson.Write(read));
        Assert.Equal(new ClimateModel(File).Predict(ClimateVariable.T2m, Row(9), 10_800), new ClimateModel(read).Predict(ClimateVariable.T2m, Row(9), 10_800));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"format\":1,\"surprise\":2}")]
    public void Json_that_is_no_model_is_refused(string json)
    {
        Assert.Throws<JsonException>(() => ClimateModelJson.Read(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Markdown_of_the_card_names_data_hash_times_and_limits()
    {
        var text = ModelCardMarkdown.Write(File.Card);

        Assert.All(["test-1", "a made-up day", "sha-256:0", "2005-08-07T09:00:00Z", "cannot do", "| t2m (K) | all |"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
    }

    private static ReadOnlySpan<float> Row(int cell) => Rows.AsSpan(cell * ClimateFeatures.Count, ClimateFeatures.Count);
}
