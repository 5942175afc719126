using System.Globalization;
using System.Text;

namespace RealtimeHub.Science.Climate;

/// <summary>Writes a model card as Markdown. Equal cards give equal text.</summary>
public static class ModelCardMarkdown
{
    /// <summary>The card as Markdown, lines ended by a line feed.</summary>
    public static string Write(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var text = new StringBuilder();
        AppendOverview(text, card);
        AppendTraining(text, card);
        AppendSkill(text, card);
        AppendLimits(text, card);
        return text.ToString();
    }

    private static void AppendOverview(StringBuilder text, ModelCard card)
    {
        Fact(text, $"# Model card: {card.Version}");
        Line(text);
        Line(text, "Predicts air temperature (`t2m`) and dewpoint (`td2m`) at 2 m and wind (`u10`, `v10`) at 10 m, up to 3 h after an");
        Line(text, "analysis, per grid cell: `value(t + lead) = value(t) + lead / 3 h · change`, where `change` is a sum of");
        Line(text, "gradient-boosted regression trees over the surface at `t`, its surroundings, terrain, position and sun.");
        Line(text);
        Line(text, "This file and the model beside it are written by one command, `RealtimeHub.Server train-climate-model --store … --out …`;");
        Line(text, "the same data and options give the same bytes.");
        Line(text);
    }

    private static void AppendTraining(StringBuilder text, ModelCard card)
    {
        var options = card.Options;
        Line(text, "## Training");
        Line(text);
        Line(text, "| | |");
        Line(text, "| --- | --- |");
        Fact(text, $"| data | {card.DataName} |");
        Fact(text, $"| hash of the data | {card.DataHash} |");
        Fact(text, $"| grid | {card.Grid} cells |");
        Fact(text, $"| times | {card.Times.Count}: {card.Times[0]} to {card.Times[^1]} |");
        Fact(text, $"| rows per variable | {card.Rows}: one per cell and pair of times 3 h apart; all pairs |");
        Line(text, "| target | change over 3 h |");
        Fact(text, $"| features | {ClimateFeatures.Count}: {string.Join(", ", ClimateFeatures.Names)} |");
        Fact(text, $"| trees | {options.Trees} per variable, depth {options.Depth}, learning rate {options.LearningRate}, L2 {options.L2} |");
        Fact(text, $"| rows per leaf | at least {options.MinLeafRows} |");
        Fact(text, $"| sampling | {options.RowShare * 100:0} % of rows and {options.FeatureShare * 100:0} % of features per tree, seed {options.Seed} |");
        Fact(text, $"| background of explanations | {card.BackgroundRows} training rows, spread over the times, drawn by the same seed |");
        Line(text);
        foreach (var note in card.DataNotes)
        {
            Fact(text, $"- {note}");
        }

        Line(text);
    }

    private static void AppendSkill(StringBuilder text, ModelCard card)
    {
        if (card.HeldOutTimes.Count == 0)
        {
            Line(text, "## Skill");
            Line(text);
            Line(text, "Not measured: no time has one step before and one after it.");
            Line(text);
            return;
        }

        Line(text, "## Skill three hours ahead");
        Line(text);
        Line(text, "Measured on models of the same options that had not seen what they were tested on. Errors are RMSE / MAE. *Persistence* says that");
        Line(text, "nothing changes. *Interpolation* is the mean of the times 3 h before and after: it knows the future, which");
        Line(text, "no forecast does, so it is a yardstick and not a rival. Skill is 1 − (RMSE / RMSE of persistence)²; below 0 is worse than persistence.");
        Line(text);
        Line(text, "### An hour of the day that training had not seen");
        Line(text);
        Fact(text, $"Held out in turn: {string.Join(", ", card.HeldOutTimes)}; each time with both steps that touch it.");
        Line(text);
        AppendTable(text, card.UnseenTimes.Where(skill => skill.HeldOut == "all"));
        Line(text, "### A place that training had not seen, at hours that it had");
        Line(text);
        Fact(text, $"Held out in turn: each of {card.HeldOutBands} bands of longitude, tested at the same times. Neighbouring cells are alike, and the days are");
        Line(text, "the same, so this is a flattering test; the one above is a hard one, because in use every hour of the day has been seen. On");
        Line(text, "another day the model can be expected to do worse than here. How much worse has not been measured.");
        Line(text);
        AppendTable(text, card.UnseenPlaces);
        Line(text, "### By held-out time");
        Line(text);
        AppendTable(text, card.UnseenTimes.Where(skill => skill.HeldOut != "all"));
    }

    private static void AppendTable(StringBuilder text, IEnumerable<ClimateSkill> skills)
    {
        Line(text, "| variable | held out | cells | model | persistence | interpolation | skill against persistence |");
        Line(text, "| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var skill in skills)
        {
            var ratio = skill.Model.Rmse / skill.Persistence.Rmse;
            var errors = $"{Text(skill.Model)} | {Text(skill.Persistence)} | {Text(skill.Interpolation)}";
            Fact(text, $"| {skill.Variable} ({skill.Unit}) | {skill.HeldOut} | {skill.Cells} | {errors} | {1 - (ratio * ratio):0.00} |");
        }

        Line(text);
    }

    private static void AppendLimits(StringBuilder text, ModelCard card)
    {
        Line(text, "## What it can do");
        Line(text);
        Line(text, "- Fill the time between analyses with values that follow the daily cycle of the training day, reproducibly, with exact explanations.");
        Line(text, "- Serve as a stand-in with a real interface, until a model trained on many days takes its place.");
        Line(text);
        Line(text, "## What it cannot do");
        Line(text);
        Fact(text, $"- It has seen {card.Times.Count} times, {card.Times[0]} to {card.Times[^1]}, and no others: no other season, no other weather.");
        Line(text, "  Nothing is known about its skill there.");
        Line(text, "- Trees do not extrapolate: a change larger than any in training is cut off, which shows at hours that were held out while the");
        Line(text, "  change was at its largest (the morning).");
        Line(text, "- Between the analysis and 3 h it is a straight line. Whether 1 h and 2 h values are right has not been measured: the times");
        Line(text, "  are 3 h apart.");
        Line(text, "- Each variable is predicted alone: a dewpoint above the temperature is possible where the air is near saturation.");
        Fact(text, $"- A cell's features use its neighbours up to {ClimateFeatures.ReachDegrees}° away; where values are concealed, predictions near them must be,");
        Line(text, "  too, or be made without them.");
        Line(text, "- Options were picked among a few by the same held-out times, so the skill above is slightly flattered.");
    }

    private static string Text(ErrorScore score) => string.Create(CultureInfo.InvariantCulture, $"{score.Rmse:0.00} / {score.Mae:0.00}");

    private static void Line(StringBuilder text) => text.Append('\n');

    private static void Fact(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
