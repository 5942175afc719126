using System.Globalization;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Science.Climate;
using RealtimeHub.Server.Hubs.Climate.Data;

namespace RealtimeHub.Server.Hubs.Climate.Frames;

/// <summary>Says in sentences what the numbers of an explanation are, and where they come from. A template: nothing is supposed, forecast or advised.</summary>
internal static class Narrative
{
    private const int Named = 3;

    public static string Of(FieldCatalogue catalogue, ComputedFrame frame)
    {
        var recipe = frame.Recipe;
        var (prediction, contributions) = (frame[XaiComputer.Prediction], frame[XaiComputer.Contributions]);
        var places = prediction.Values.Length;
        var shown = Enumerable.Range(0, places).Where(p => !float.IsNaN(prediction.Values[p])).ToList();
        if (shown.Count == 0)
        {
            return $"At {UtcTimestampConverter.ToText(recipe.Time)} nothing of this place is shown.";
        }

        var unit = prediction.Unit;
        var means = Enumerable.Range(0, ClimateFeatures.Count)
            .Select(f => (Name: ClimateFeatures.Names[f], Mean: shown.Average(p => contributions.Values[(f * places) + p])))
            .OrderByDescending(c => Math.Abs(c.Mean))
            .ToList();
        var values = shown.Select(p => prediction.Values[p]).ToList();
        var rest = means.Skip(Named).Sum(c => c.Mean);
        return string.Join(
            " ",
            $"At {UtcTimestampConverter.ToText(recipe.Time)}, {recipe.ModelVersion} predicts {recipe.Variables[0]} of {Number(values.Average())} {unit} on average over {shown.Count} cells, from {Number(values.Min())} to {Number(values.Max())} {unit}.",
            $"It starts from the data of {UtcTimestampConverter.ToText(recipe.AnalysisTime)} of {catalogue.Id}.",
            $"Against a baseline of {Number(frame[XaiComputer.BaseValue].Values[0])} {unit} ({recipe.Method}, {recipe.BackgroundRows} background rows), the largest mean contributions are {string.Join(", ", means.Take(Named).Select(c => $"{c.Name} {Signed(c.Mean)} {unit}"))}; the other {means.Count - Named} features add {Signed(rest)} {unit}.",
            Earlier(frame),
            $"Source: {catalogue.Title}. Modelled, not observed.").Replace("  ", " ", StringComparison.Ordinal);
    }

    // Over several frames: the model's prediction of each time of the source before, as blocks of their own.
    private static string Earlier(ComputedFrame frame)
    {
        var earlier = frame.Numbers.Where(n => n.Name.StartsWith(XaiComputer.EarlierPrefix, StringComparison.Ordinal)).ToList();
        return earlier.Count == 0
            ? ""
            : $"The means predicted for the times before were {string.Join(", ", earlier.Select(n => $"{Number(n.Values[0])} {n.Unit} for {n.Name[XaiComputer.EarlierPrefix.Length..]}"))}.";
    }

    private static string Number(double value) => value.ToString("0.0#", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.0#;-0.0#;0.0", CultureInfo.InvariantCulture);
}
