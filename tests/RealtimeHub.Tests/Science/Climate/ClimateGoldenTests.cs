using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RealtimeHub.Science.Climate;
using RealtimeHub.Science.Explain;
using RealtimeHub.Science.Trees;
using RealtimeHub.Tests.Science.Trees;

namespace RealtimeHub.Tests.Science.Climate;

/// <summary>Checksums of exact bits: they change only where the computation is changed on purpose, and are equal on every machine.</summary>
public sealed class ClimateGoldenTests
{
    [Fact]
    public void A_small_ensemble_has_its_golden_bits()
    {
        var table = TreeTrainerTests.Friedman(400);
        var model = TreeTrainer.Train(table, new() { Trees = 20, RowShare = 0.7, FeatureShare = 0.7, MinLeafRows = 5, Seed = 1 });
        var ensemble = new TreeEnsemble(model);
        var shapley = new TreeShapley(ensemble, table.Values.AsSpan(0, 160));
        var numbers = new List<double>(model.LeafValues);
        for (var row = 0; row < 50; row++)
        {
            var features = table.Values.AsSpan(row * 10, 10);
            numbers.Add(ensemble.Predict(features));
            numbers.AddRange(shapley.Explain(features).Contributions);
            numbers.AddRange(TreePathAttribution.Explain(ensemble, features, table.Values.AsSpan(3_990, 10)).Contributions);
        }

        Assert.Equal("a0008ccf9c2721f4eb2abbddd9d1cd32d1a7145a77e589afc30e1cc2b5e9d7b2", Checksum(numbers));
    }

    [Fact]
    public void A_small_climate_model_has_its_golden_bytes()
    {
        var file = ClimateTrainer.Train(SyntheticClimate.Grid, SyntheticClimate.Day(5), SyntheticClimate.Options);

        Assert.Equal("14ee2a5a108ad2ae5a534b8a591ebef6c5dc585a7938592a6724ff47bb5c14ee", Convert.ToHexStringLower(SHA256.HashData(ClimateModelJson.Write(file))));
    }

    [Fact]
    public void A_small_climate_model_predicts_and_explains_its_golden_bits()
    {
        var model = new ClimateModel(ClimateTrainer.Train(SyntheticClimate.Grid, SyntheticClimate.Day(5), SyntheticClimate.Options));
        var rows = ClimateFeatures.Build(SyntheticClimate.Grid, SyntheticClimate.Day(5)[4]);
        var numbers = new List<double>();
        var contributions = new double[ClimateFeatures.Count];
        foreach (var variable in ClimateVariables.All)
        {
            var explainer = new ClimateExplainer(model, variable, 12);
            for (var start = 0; start < rows.Length; start += ClimateFeatures.Count)
            {
                numbers.Add(explainer.ExplainShapley(rows.AsSpan(start, ClimateFeatures.Count), 7_200, contributions));
                numbers.AddRange(contributions);
                explainer.ExplainPath(rows.AsSpan(start, ClimateFeatures.Count), 7_200, contributions);
                numbers.AddRange(contributions);
            }
        }

        Assert.Equal("896154cc11f67058013398dff5d39d2dbe1d47ed21c7b11cbe76f2fa4e70d716", Checksum(numbers));
    }

    private static string Checksum(List<double> numbers) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers))));
}
