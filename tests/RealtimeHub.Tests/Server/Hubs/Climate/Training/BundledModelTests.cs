using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RealtimeHub.Science.Climate;
using RealtimeHub.Science.Explain;
using RealtimeHub.Science.Trees;
using RealtimeHub.Server.Hubs.Climate.Data;
using RealtimeHub.Server.Hubs.Climate.Training;
using RealtimeHub.Tests.Server.Hubs.Climate.Data;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Training;

/// <summary>The model in the repository, on the data in the repository.</summary>
public sealed class BundledModelTests
{
    private static readonly string ModelPath = Path.Combine(AppContext.BaseDirectory, "models", "climate", "kfm-climate-v11.2.2.json");

    /// <summary>The model in the repository is what the bundled data train to; measuring its skill again would take far longer and is left out.</summary>
    [Fact]
    public async Task Its_trees_are_what_the_bundled_data_train_to()
    {
        var file = await ReadAsync();
        var source = await OpenAsync();
        var analyses = new List<SurfaceFields>();
        for (var time = 0; time < source.Catalogue.Times.Count; time++)
        {
            analyses.Add(await SurfaceReading.ReadAsync(source, time, default));
        }

        var set = new ClimateTrainingSet(await SurfaceReading.ReadGridAsync(source, default), analyses);
        var changes = ClimateTrainer.Fit(set, new() { Version = file.Version, DataName = "", DataHash = "" });

        Assert.Equal(source.Catalogue.Provenance.Digest, file.Card.DataHash);
        Assert.Equal(file.Changes.Select(change => change.LeafValues), changes.Select(change => change.LeafValues));
        Assert.Equal(file.Changes.Select(change => change.Thresholds), changes.Select(change => change.Thresholds));
        Assert.Equal(file.Changes.Select(change => change.Features), changes.Select(change => change.Features));
    }

    [Fact]
    public async Task Its_card_is_written_from_it()
    {
        var file = await ReadAsync();

        Assert.Equal(ModelCardMarkdown.Write(file.Card), await File.ReadAllTextAsync(Path.ChangeExtension(ModelPath, ".md")));
    }

    [Fact]
    public async Task It_stays_within_the_recipe()
    {
        var file = await ReadAsync();

        Assert.All(file.Changes, change => Assert.InRange(new TreeEnsemble(change).TreeCount, 1, ExplanationCost.MaxTrees));
        Assert.All(file.Changes, change => Assert.InRange(change.Depth, 1, ExplanationCost.MaxDepth));
        Assert.Equal(TreeShapley.MaxBackgroundRows, new ClimateModel(file).BackgroundRows);
    }

    [Fact]
    public async Task Its_predictions_and_explanations_two_hours_after_18Z_have_their_golden_bits()
    {
        var model = new ClimateModel(await ReadAsync());
        var source = await OpenAsync();
        var rows = ClimateFeatures.Build(await SurfaceReading.ReadGridAsync(source, default), await SurfaceReading.ReadAsync(source, 6, default));
        var numbers = new List<double>();
        var contributions = new double[ClimateFeatures.Count];
        foreach (var variable in ClimateVariables.All)
        {
            var explainer = new ClimateExplainer(model, variable, 64);
            for (var start = 0; start < rows.Length; start += ClimateFeatures.Count)
            {
                var row = rows.AsSpan(start, ClimateFeatures.Count);
                var prediction = explainer.ExplainShapley(row, 7_200, contributions);
                Assert.Equal(prediction - explainer.ShapleyBaseline(7_200), contributions.Sum(), 1e-9 * Math.Max(1, Math.Abs(prediction)));
                numbers.Add(prediction);
                numbers.AddRange(contributions);
                explainer.ExplainPath(row, 7_200, contributions);
                numbers.AddRange(contributions);
            }
        }

        Assert.Equal("714da00dd97765e05c77a9bb9e9ddb3e0efb4df2b3e43aaec9c6970d341472fa", Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)))));
    }

    private static async Task<ClimateModelFile> ReadAsync() => ClimateModelJson.Read(await File.ReadAllBytesAsync(ModelPath));

    private static async Task<ZarrFieldSource> OpenAsync() => await ZarrFieldSource.OpenAsync(Stores.PathOf(Stores.Ruc), new(1 << 20), default);
}
