using System.Globalization;
using RealtimeHub.Science.Trees;

namespace RealtimeHub.Science.Climate;

/// <summary>Measures skill on what was held out, by training again without it.</summary>
internal static class ClimateEvaluation
{
    /// <summary>Indices of the analyses that have one step before and one after them, so that interpolation can be compared.</summary>
    public static int[] InnerAnalyses(ClimateTrainingSet set) => [.. set.Pairs.Where(pair => set.Pairs.Contains(pair - 1))];

    /// <summary>Every inner time in turn: training sees neither the step that leads to it nor the one that leads on.</summary>
    public static IEnumerable<ClimateSkill> UnseenTimes(ClimateTrainingSet set, ClimateVariable variable, TreeTrainingOptions options)
    {
        var all = new Comparison();
        foreach (var time in InnerAnalyses(set))
        {
            var table = set.Table(variable, pair => pair != time && pair + 1 != time, _ => true);
            if (table.Rows == 0)
            {
                continue;
            }

            var one = new Comparison();
            var trial = new Trial(set, variable, new(TreeTrainer.Train(table, options)));
            trial.Compare(time, _ => true, one, all);
            yield return one.Skill(variable, TextOf(set.Analyses[time].UnixSeconds));
        }

        yield return all.Skill(variable, "all");
    }

    /// <summary>Every band of longitude in turn, at all inner times: training sees all times, but not the band.</summary>
    public static ClimateSkill UnseenPlaces(ClimateTrainingSet set, ClimateVariable variable, ClimateTrainingOptions options)
    {
        var all = new Comparison();
        var columns = set.Grid.LongitudesDegrees.Length;
        for (var band = 0; band < options.Bands; band++)
        {
            var held = band;
            bool InBand(int cell) => cell % columns * options.Bands / columns == held;
            var trial = new Trial(set, variable, new(TreeTrainer.Train(set.Table(variable, _ => true, cell => !InBand(cell)), options.Trees)));
            foreach (var time in InnerAnalyses(set))
            {
                trial.Compare(time, InBand, all);
            }
        }

        return all.Skill(variable, "all");
    }

    public static string TextOf(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>One ensemble, put to the test on times and cells that it has not seen.</summary>
    private sealed record Trial(ClimateTrainingSet Set, ClimateVariable Variable, TreeEnsemble Ensemble)
    {
        public void Compare(int time, Func<int, bool> letsCell, params ReadOnlySpan<Comparison> comparisons)
        {
            var (before, truth, after) = (Set.Analyses[time - 1].Of(Variable), Set.Analyses[time].Of(Variable), Set.Analyses[time + 1].Of(Variable));
            for (var cell = 0; cell < Set.Grid.Cells; cell++)
            {
                if (!letsCell(cell) || !Set.IsComplete(time - 1, cell) || !float.IsFinite(truth[cell]) || !float.IsFinite(after[cell]))
                {
                    continue;
                }

                var change = Ensemble.Predict(Set.Row(time - 1, cell));
                foreach (var comparison in comparisons)
                {
                    comparison.Model.Add(before[cell] + change - truth[cell]);
                    comparison.Persistence.Add((double)before[cell] - truth[cell]);
                    comparison.Interpolation.Add((((double)before[cell] + after[cell]) / 2) - truth[cell]);
                }
            }
        }
    }

    private sealed class Comparison
    {
        public ErrorSum Model { get; } = new();

        public ErrorSum Persistence { get; } = new();

        public ErrorSum Interpolation { get; } = new();

        public ClimateSkill Skill(ClimateVariable variable, string heldOut) => new(
            ClimateVariables.NameOf(variable), ClimateVariables.UnitOf(variable), heldOut, Model.Count, Model.Score, Persistence.Score, Interpolation.Score);
    }
}
