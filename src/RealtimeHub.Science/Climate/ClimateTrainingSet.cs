using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Climate;

/// <summary>Analyses with the features of their cells, and the pairs among them that lie one step apart.</summary>
internal sealed class ClimateTrainingSet
{
    public ClimateTrainingSet(ClimateGrid grid, IReadOnlyList<SurfaceFields> analyses)
    {
        Grid = grid;
        Analyses = [.. analyses];
        Features = Array.ConvertAll(Analyses, fields => ClimateFeatures.Build(grid, fields));
        for (var index = 1; index < Analyses.Length; index++)
        {
            if (Analyses[index].UnixSeconds <= Analyses[index - 1].UnixSeconds)
            {
                throw new ArgumentException("The analyses must be in the order of their times.", nameof(analyses));
            }
        }

        Pairs = [.. Enumerable.Range(0, Math.Max(0, Analyses.Length - 1)).Where(IsPair)];
        if (Pairs.Length == 0)
        {
            throw new ArgumentException("Training needs at least two analyses that are three hours apart.", nameof(analyses));
        }
    }

    public ClimateGrid Grid { get; }

    public SurfaceFields[] Analyses { get; }

    /// <summary>Per analysis the rows of all cells.</summary>
    public float[][] Features { get; }

    /// <summary>Indices of the analyses that the next one follows after one step.</summary>
    public int[] Pairs { get; }

    public ReadOnlySpan<float> Row(int analysis, int cell) => Features[analysis].AsSpan(cell * ClimateFeatures.Count, ClimateFeatures.Count);

    /// <summary>Whether all features of a cell are there.</summary>
    public bool IsComplete(int analysis, int cell) => !float.IsNaN(Features[analysis][cell * ClimateFeatures.Count]);

    /// <summary>The rows to learn a variable's change over one step from: complete cells of the pairs and cells that are let in.</summary>
    public TrainingTable Table(ClimateVariable variable, Func<int, bool> letsPair, Func<int, bool> letsCell)
    {
        var (values, targets) = (new List<float>(), new List<double>());
        foreach (var pair in Pairs.Where(letsPair))
        {
            var (before, after) = (Analyses[pair].Of(variable), Analyses[pair + 1].Of(variable));
            for (var cell = 0; cell < Grid.Cells; cell++)
            {
                if (letsCell(cell) && IsComplete(pair, cell) && float.IsFinite(after[cell]))
                {
                    values.AddRange(Row(pair, cell));
                    targets.Add((double)after[cell] - before[cell]);
                }
            }
        }

        return new(ClimateFeatures.Names, $"{ClimateVariables.NameOf(variable)}_change_3h", ClimateVariables.UnitOf(variable), [.. values], [.. targets]);
    }

    private bool IsPair(int index) => Analyses[index + 1].UnixSeconds - Analyses[index].UnixSeconds == ClimateFeatures.StepSeconds;
}
