using System.Collections.Concurrent;
using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Science.Climate;
using RealtimeHub.Science.H3;
using RealtimeHub.Science.Numerics;
using RealtimeHub.Server.Hubs.Climate.Models;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Explains predictions: per cell of a window, per H3 cell, or at one point. Thread-safe.</summary>
/// <remarks>Only the embedded trees can be explained. What is explained has been masked before, so no contribution tells of what is hidden.</remarks>
internal sealed class XaiComputer(EmbeddedClimateModel model, ComputingTime cpu)
{
    public const string Shap = "shap";
    public const string IntegratedGradients = "ig";
    public const string Contributions = "contributions";
    public const string Prediction = "prediction";
    public const string BaseValue = "base_value";

    /// <summary>Blocks of narratives: what was predicted, on average, for the time that the name ends with.</summary>
    public const string EarlierPrefix = "earlier:";

    private readonly ConcurrentDictionary<(ClimateVariable, int), ClimateExplainer> _explainers = new();

    /// <summary>The methods that can be computed.</summary>
    public static IReadOnlyList<string> Methods { get; } = [Shap, IntegratedGradients];

    public async Task<ComputedFrame> ComputeAsync(GridQuestion question, CancellationToken cancellationToken)
    {
        var recipe = question.Recipe;
        if (recipe.ModelVersion is { } version && version != model.Version)
        {
            throw new ModelUnavailableException($"Only {model.Version} can be explained here, not {version}.");
        }

        var (grid, surface) = await GridComputer.SurfaceAsync(question, cancellationToken);
        var frame = await Task.Run(() => cpu.Measure(() => Explain(question, ClimateFeatures.Build(grid, surface), cancellationToken)), cancellationToken);
        return recipe.Frames > 1 ? await WithEarlierAsync(question, frame, cancellationToken) : frame;
    }

    // A narrative over several frames names what the model said for the times of the source before.
    private async Task<ComputedFrame> WithEarlierAsync(GridQuestion question, ComputedFrame frame, CancellationToken cancellationToken)
    {
        var (times, blocks) = (question.Source.Catalogue.Times, new List<NumberBlock>(frame.Numbers));
        for (var index = question.AnalysisIndex; index > 0 && index > question.AnalysisIndex - question.Recipe.Frames + 1; index--)
        {
            if (times[index] - times[index - 1] > TimeSpan.FromSeconds(ClimateFeatures.StepSeconds))
            {
                break;
            }

            var before = question with
            {
                AnalysisIndex = index - 1,
                Recipe = question.Recipe with { Time = times[index], AnalysisTime = times[index - 1], Frames = 1 },
            };
            var prediction = (await ComputeAsync(before, cancellationToken))[Prediction];
            var shown = prediction.Values.Where(v => !float.IsNaN(v)).ToList();
            blocks.Add(prediction with
            {
                Name = EarlierPrefix + UtcTimestampConverter.ToText(times[index]),
                Shape = [1],
                Values = [Quantizer.Quantize(shown.Count == 0 ? double.NaN : shown.Sum(v => (double)v) / shown.Count, prediction.Quantum)],
            });
        }

        return new ComputedFrame(frame.Recipe, blocks, frame.Cells);
    }

    private ComputedFrame Explain(GridQuestion question, float[] rows, CancellationToken cancellationToken)
    {
        var recipe = question.Recipe;
        var variable = VariableOf(recipe);
        var explainer = _explainers.GetOrAdd((variable, recipe.BackgroundRows!.Value), key => new ClimateExplainer(model.Trees, key.Item1, key.Item2));
        var cells = Cells(question);
        var explained = new double[cells.Count * ClimateFeatures.Count];
        var predictions = new double[cells.Count];
        for (var i = 0; i < cells.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = rows.AsSpan(cells[i] * ClimateFeatures.Count, ClimateFeatures.Count);
            var contributions = explained.AsSpan(i * ClimateFeatures.Count, ClimateFeatures.Count);
            predictions[i] = recipe.Method == Shap
                ? explainer.ExplainShapley(row, question.LeadSeconds, contributions)
                : explainer.ExplainPath(row, question.LeadSeconds, contributions);
        }

        var baseValue = recipe.Method == Shap ? explainer.ShapleyBaseline(question.LeadSeconds) : explainer.PathBaseline(question.LeadSeconds);
        var groups = Groups(question, cells, out var names);
        return Assemble(question, groups, names, explained, predictions, baseValue);
    }

    // Cells whose values are means of a group need the whole group, so that their explanation is a mean, too.
    private static List<int> Cells(GridQuestion question)
    {
        var window = question.Recipe.Window;
        var cells = new List<int>(window.Rows * window.Columns);
        for (var row = window.Row; row < window.Row + window.Rows; row++)
        {
            for (var column = window.Column; column < window.Column + window.Columns; column++)
            {
                cells.Add((row * question.Grid.Columns) + column);
            }
        }

        return cells;
    }

    // What is shown in one place: a cell of the grid, a block of a stride, or an H3 cell; each is the mean over its cells.
    private static List<List<int>> Groups(GridQuestion question, List<int> cells, out List<string>? names)
    {
        var (recipe, grid) = (question.Recipe, question.Grid);
        names = null;
        if (recipe.H3Resolution is { } resolution)
        {
            var byCell = new SortedDictionary<ulong, List<int>>();
            for (var i = 0; i < cells.Count; i++)
            {
                var (row, column) = (cells[i] / grid.Columns, cells[i] % grid.Columns);
                var cell = H3Grid.LatLngToCell(new LatLng(grid.LatitudeAt(row, column), grid.LongitudeAt(row, column)), resolution);
                (byCell.TryGetValue(cell.Value, out var members) ? members : byCell[cell.Value] = []).Add(i);
            }

            names = [.. byCell.Keys.Select(c => new H3Index(c).ToString())];
            return [.. byCell.Values];
        }

        var window = recipe.Window;
        var columns = PlaneCut.ColumnsOf(window);
        var groups = Enumerable.Range(0, PlaneCut.RowsOf(window) * columns).Select(_ => new List<int>()).ToList();
        for (var i = 0; i < cells.Count; i++)
        {
            groups[(i / window.Columns / window.Stride * columns) + (i % window.Columns / window.Stride)].Add(i);
        }

        return groups;
    }

    private ComputedFrame Assemble(GridQuestion question, List<List<int>> groups, List<string>? names, double[] explained, double[] predictions, double baseValue)
    {
        var unit = ClimateVariables.UnitOf(VariableOf(question.Recipe));
        var quantum = Quanta.OfContributions(unit);
        var contributions = new float[ClimateFeatures.Count * groups.Count];
        var predicted = new float[groups.Count];
        var cells = Cells(question);
        for (var group = 0; group < groups.Count; group++)
        {
            var shown = groups[group].Where(i => !question.Mask.Conceals(cells[i])).ToList();
            predicted[group] = Mean(shown, i => predictions[i], quantum);
            for (var feature = 0; feature < ClimateFeatures.Count; feature++)
            {
                contributions[(feature * groups.Count) + group] = Mean(shown, i => explained[(i * ClimateFeatures.Count) + feature], quantum);
            }
        }

        var window = question.Recipe.Window;
        int[] place = names is null ? [PlaneCut.RowsOf(window), PlaneCut.ColumnsOf(window)] : [groups.Count];
        return new ComputedFrame(
            question.Recipe with { ModelVersion = model.Version },
            [
                new NumberBlock(Contributions, [ClimateFeatures.Count, .. place], contributions, unit, quantum, ValueOrigins.Model),
                new NumberBlock(Prediction, place, predicted, unit, quantum, ValueOrigins.Model),
                new NumberBlock(BaseValue, [1], [Quantizer.Quantize(baseValue, quantum)], unit, quantum, ValueOrigins.Model),
            ],
            names);
    }

    private static ClimateVariable VariableOf(FrameRecipe recipe) =>
        ClimateVariables.TryParse(recipe.Variables[0], out var variable) ? variable : throw new ArgumentException($"{recipe.Variables[0]} is not predicted.", nameof(recipe));

    private static float Mean(List<int> members, Func<int, double> of, double quantum) =>
        Quantizer.Quantize(members.Count == 0 ? double.NaN : members.Sum(of) / members.Count, quantum);
}
