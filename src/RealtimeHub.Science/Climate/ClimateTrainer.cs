using RealtimeHub.Science.Explain;
using RealtimeHub.Science.Randomness;
using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Climate;

/// <summary>Trains the climate model: arrays in, model and model card out.</summary>
/// <remarks>
/// The model learns, per cell, how each variable changes over three hours, from pairs of analyses three hours apart. The model that
/// is returned has learned from all pairs. Its skill is measured on other models of the same options, each trained without
/// what it is tested on: without one time and both steps that touch it, or without one band of longitude. Same input,
/// same bytes.
/// </remarks>
public static class ClimateTrainer
{
    /// <summary>Trains a model and measures its skill.</summary>
    /// <param name="grid">The grid of the analyses.</param>
    /// <param name="analyses">Surface fields in the order of their times; pairs that are three hours apart are learned from.</param>
    /// <param name="options">What it is trained with.</param>
    /// <exception cref="ArgumentException">The fields do not fit the grid, or there is no pair, or an option lies outside its range.</exception>
    public static ClimateModelFile Train(ClimateGrid grid, IReadOnlyList<SurfaceFields> analyses, ClimateTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(analyses);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BackgroundRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BackgroundRows, TreeShapley.MaxBackgroundRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Bands, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Bands, grid.LongitudesDegrees.Length);
        var set = new ClimateTrainingSet(grid, analyses);
        var changes = Fit(set, options);
        var background = BackgroundOf(set, options);
        return new()
        {
            Version = options.Version,
            StepSeconds = ClimateFeatures.StepSeconds,
            FeatureNames = ClimateFeatures.Names,
            FeatureUnits = ClimateFeatures.Units,
            Background = background,
            Changes = changes,
            Card = CardOf(set, options, changes[0].Training.Rows, background.Count / ClimateFeatures.Count),
        };
    }

    /// <summary>The ensembles alone, without the measurement of skill, which takes far longer.</summary>
    internal static IReadOnlyList<TreeEnsembleModel> Fit(ClimateTrainingSet set, ClimateTrainingOptions options) =>
        [.. ClimateVariables.All.Select(variable => TreeTrainer.Train(set.Table(variable, _ => true, _ => true), OptionsOf(variable, options).Trees))];

    private static ModelCard CardOf(ClimateTrainingSet set, ClimateTrainingOptions options, int rows, int backgroundRows)
    {
        var (times, places) = (new List<ClimateSkill>(), new List<ClimateSkill>());
        var inner = ClimateEvaluation.InnerAnalyses(set);
        foreach (var variable in inner.Length == 0 ? [] : ClimateVariables.All)
        {
            var own = OptionsOf(variable, options);
            times.AddRange(ClimateEvaluation.UnseenTimes(set, variable, own.Trees));
            places.Add(ClimateEvaluation.UnseenPlaces(set, variable, own));
        }

        return new()
        {
            Version = options.Version,
            DataName = options.DataName,
            DataHash = options.DataHash,
            DataNotes = options.DataNotes,
            Grid = $"{set.Grid.LatitudesDegrees.Length} × {set.Grid.LongitudesDegrees.Length}",
            Times = Array.ConvertAll(set.Analyses, fields => ClimateEvaluation.TextOf(fields.UnixSeconds)),
            HeldOutTimes = Array.ConvertAll(inner, index => ClimateEvaluation.TextOf(set.Analyses[index].UnixSeconds)),
            HeldOutBands = inner.Length == 0 ? 0 : options.Bands,
            Options = options.Trees,
            Rows = rows,
            BackgroundRows = backgroundRows,
            UnseenTimes = times,
            UnseenPlaces = places,
        };
    }

    /// <summary>Each variable draws its own rows and features.</summary>
    private static ClimateTrainingOptions OptionsOf(ClimateVariable variable, ClimateTrainingOptions options) =>
        options with { Trees = options.Trees with { Seed = SplitMix64.Split(options.Trees.Seed, (ulong)variable) } };

    /// <summary>Takes turns among the times; at each the complete cells come in a drawn order.</summary>
    private static List<float> BackgroundOf(ClimateTrainingSet set, ClimateTrainingOptions options)
    {
        var seed = SplitMix64.Split(options.Trees.Seed, ulong.MaxValue);
        var orders = Array.ConvertAll(set.Pairs, pair => DrawnOrder(set, pair, SplitMix64.Split(seed, (ulong)pair)));
        var background = new List<float>();
        for (var turn = 0; turn < set.Grid.Cells && background.Count < options.BackgroundRows * ClimateFeatures.Count; turn++)
        {
            for (var index = 0; index < orders.Length && background.Count < options.BackgroundRows * ClimateFeatures.Count; index++)
            {
                if (turn < orders[index].Length)
                {
                    background.AddRange(set.Row(set.Pairs[index], orders[index][turn]));
                }
            }
        }

        return background;
    }

    private static int[] DrawnOrder(ClimateTrainingSet set, int analysis, ulong seed)
    {
        var cells = Enumerable.Range(0, set.Grid.Cells).Where(cell => set.IsComplete(analysis, cell)).ToArray();
        var draws = Array.ConvertAll(cells, cell => (SplitMix64.At(seed, (ulong)cell), cell));
        Array.Sort(draws, cells);
        return cells;
    }
}
