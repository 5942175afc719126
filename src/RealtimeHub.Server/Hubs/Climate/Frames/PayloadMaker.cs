using RealtimeHub.Protocol.Climate;
using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Science.Climate;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Says in a payload what the blocks of a frame hold. Pure.</summary>
internal static class PayloadMaker
{
    public static ClimatePayload Data(FrameContext context, ComputedFrame frame) => new()
    {
        Time = frame.Recipe.Time,
        TimeMode = context.TimeMode,
        Variables = frame.Recipe.Variables,
        Data = frame.Numbers.ToDictionary(n => n.Name, n => FieldOf(n, frame.Recipe)),
        Grid = frame.Recipe.Tile is null ? GridOf(context.Catalogue.Grid, frame.Recipe.Window) : new ClimateGridSpec(TileComputer.Samples, TileComputer.Samples),
        ModelVersion = frame.Recipe.ModelVersion,
        SourceTitle = context.Catalogue.Title,
        Recipe = frame.Recipe,
    };

    public static XaiPayload Xai(FrameContext context, ComputedFrame frame, IReadOnlyList<string> inputItems)
    {
        var recipe = frame.Recipe;
        var isShap = recipe.Method == XaiComputer.Shap;
        return new XaiPayload
        {
            Time = recipe.Time,
            Variable = recipe.Variables[0],
            Method = recipe.Method!,
            Level = recipe.Level!,
            Attribution = AttributionOf(frame),
            ModelVersion = recipe.ModelVersion!,
            InputItems = inputItems,
            Background = isShap
                ? $"The mean prediction over the first {recipe.BackgroundRows} background rows of the model, which are training rows."
                : $"The prediction at the mean of the first {recipe.BackgroundRows} background rows of the model; exact along the straight line from there.",
            Grid = frame.Cells is null ? GridOf(context.Catalogue.Grid, recipe.Window) : null,
            Cells = frame.Cells,
            Narrative = recipe.Level == XaiLevels.Narrative ? Narrative.Of(context.Catalogue, frame) : null,
            Recipe = recipe,
        };
    }

    public static ClimateField FieldOf(NumberBlock block, FrameRecipe recipe)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity, sum = 0;
        var count = 0;
        foreach (var value in block.Values)
        {
            if (!float.IsNaN(value))
            {
                (min, max, sum) = (Math.Min(min, value), Math.Max(max, value), sum + value);
                count++;
            }
        }

        var decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(block.Quantum)));
        return new ClimateField
        {
            Units = block.Unit,
            Origin = block.Origin,
            AnalysisTime = recipe.AnalysisTime,
            LeadSeconds = (long)(recipe.Time - recipe.AnalysisTime).TotalSeconds,
            Quantum = block.Quantum,
            Min = count == 0 ? null : Math.Round(min, decimals),
            Max = count == 0 ? null : Math.Round(max, decimals),
            Mean = count == 0 ? null : Math.Round(sum / count, decimals + 1),
            Missing = block.Values.Length - count,
            Levels = block.Levels.Count > 0 ? block.Levels : null,
            LevelUnits = block.LevelUnit,
            Definition = DriverNames.TryGet(block.Name, out var driver) ? driver.Definition : null,
        };
    }

    /// <summary>Where the values of a window are: with a stride, the middles of its blocks.</summary>
    public static ClimateGridSpec GridOf(FieldGrid grid, RecipeWindow window)
    {
        var (rows, columns) = (PlaneCut.RowsOf(window), PlaneCut.ColumnsOf(window));
        if (grid.Kind is not FieldGridKind.Regular || grid.Rows < 2 || grid.Columns < 2)
        {
            return new ClimateGridSpec(rows, columns);
        }

        var down = (grid.Latitudes[^1] - grid.Latitudes[0]) / (grid.Rows - 1);
        var across = (grid.Longitudes[^1] - grid.Longitudes[0]) / (grid.Columns - 1);
        var middle = (window.Stride - 1) / 2.0;
        return new ClimateGridSpec(
            rows,
            columns,
            Degrees(grid.Latitudes[0] + ((window.Row + middle) * down)),
            Degrees(grid.Longitudes[0] + ((window.Column + middle) * across)),
            Degrees(down * window.Stride),
            Degrees(across * window.Stride));
    }

    /// <summary>The blocks with the places of a curvilinear grid.</summary>
    public static IReadOnlyDictionary<string, FloatBlock> WithPlaces(IReadOnlyDictionary<string, FloatBlock> blocks, FieldGrid grid, RecipeWindow window)
    {
        var latitudes = Array.ConvertAll(grid.Latitudes, v => (float)v);
        var longitudes = Array.ConvertAll(grid.Longitudes, v => (float)v);
        return new Dictionary<string, FloatBlock>(blocks)
        {
            ["latitude"] = PlaneCut.Cut(GridPlane.Of("latitude", "degrees_north", ValueOrigins.Source, latitudes), grid, window).ToWire(),
            ["longitude"] = PlaneCut.Cut(GridPlane.Of("longitude", "degrees_east", ValueOrigins.Source, longitudes), grid, window).ToWire(),
        };
    }

    private static XaiAttribution AttributionOf(ComputedFrame frame)
    {
        var (contributions, prediction, baseValue) = (frame[XaiComputer.Contributions], frame[XaiComputer.Prediction], frame[XaiComputer.BaseValue]);
        var places = prediction.Values.Length;
        return new XaiAttribution
        {
            Features = ClimateFeatures.Names,
            Contributions = [.. Enumerable.Range(0, ClimateFeatures.Count).Select(f => MeanOf(contributions.Values.AsSpan(f * places, places), contributions.Quantum))],
            BaseValue = Number(baseValue.Values[0], baseValue.Quantum),
            Prediction = MeanOf(prediction.Values, prediction.Quantum),
            Units = contributions.Unit,
            Quantum = contributions.Quantum,
        };
    }

    private static double? MeanOf(ReadOnlySpan<float> values, double quantum)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? null : Number(sum / count, quantum);
    }

    private static double Number(double value, double quantum) => Math.Round(value, Math.Max(0, (int)Math.Ceiling(-Math.Log10(quantum))));

    private static double Degrees(double value) => Math.Round(value, 9);
}
