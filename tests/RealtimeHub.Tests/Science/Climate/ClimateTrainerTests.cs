using RealtimeHub.Science.Climate;

namespace RealtimeHub.Tests.Science.Climate;

public sealed class ClimateTrainerTests
{
    [Fact]
    public void Train_twice_gives_the_same_bytes()
    {
        var first = ClimateModelJson.Write(ClimateTrainer.Train(SyntheticClimate.Grid, SyntheticClimate.Day(5), SyntheticClimate.Options));
        var second = ClimateModelJson.Write(ClimateTrainer.Train(SyntheticClimate.Grid, SyntheticClimate.Day(5), SyntheticClimate.Options));

        Assert.Equal(first, second);
    }

    [Fact]
    public void Train_measures_every_time_that_has_neighbours()
    {
        var card = ClimateTrainer.Train(SyntheticClimate.Grid, SyntheticClimate.Day(5), SyntheticClimate.Options).Card;

        Assert.Equal(["2005-08-07T03:00:00Z", "2005-08-07T06:00:00Z", "2005-08-07T09:00:00Z"], card.HeldOutTimes);
        Assert.Equal(4 * (3 + 1), card.UnseenTimes.Count);
        Assert.Equal(4, card.UnseenPlaces.Count);
        Assert.All(card.UnseenTimes.Where(skill => skill.HeldOut == "all"), skill => Assert.Equal(3 * 60, skill.Cells));
        Assert.All(card.UnseenPlaces, skill => Assert.Equal(3 * 60, skill.Cells));
    }

    /// <summary>By hand: a day that is uniform and rises by 1, then 3 K: persistence is off by 1, the mean of 300 and 304 by 1 the other way.</summary>
    [Fact]
    public void Train_scores_persistence_and_interpolation_as_worked_out_by_hand()
    {
        var grid = SyntheticClimate.Grid;
        var day = new[] { 300f, 301f, 304f, 304f }
            .Select((kelvin, index) => SyntheticClimate.Uniform(grid, SyntheticClimate.Start + (index * ClimateFeatures.StepSeconds)) with
            {
                T2mK = [.. Enumerable.Repeat(kelvin, grid.Cells)],
            })
            .ToArray();

        var card = ClimateTrainer.Train(grid, day, SyntheticClimate.Options).Card;

        var skill = card.UnseenTimes.Single(skill => skill is { Variable: "t2m", HeldOut: "2005-08-07T03:00:00Z" });
        Assert.Equal(new ErrorScore(1, 1), skill.Persistence);
        Assert.Equal(new ErrorScore(1, 1), skill.Interpolation);
        Assert.Equal(new ErrorScore(1, 1), skill.Model);
    }

    [Fact]
    public void Train_learns_from_pairs_three_hours_apart_only()
    {
        var day = SyntheticClimate.Day(4);
        day[3] = day[3] with { UnixSeconds = day[3].UnixSeconds + 3600 };

        var file = ClimateTrainer.Train(SyntheticClimate.Grid, day, SyntheticClimate.Options);

        Assert.Equal(2 * 60, file.Card.Rows);
        Assert.Equal(["2005-08-07T03:00:00Z"], file.Card.HeldOutTimes);
    }

    [Fact]
    public void Train_on_one_pair_leaves_skill_unmeasured()
    {
        var file = ClimateTrainer.Train(SyntheticClimate.Grid, SyntheticClimate.Day(2), SyntheticClimate.Options);

        Assert.Empty(file.Card.UnseenTimes);
        Assert.Contains("Not measured", ModelCardMarkdown.Write(file.Card), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_leaves_rows_with_missing_values_out()
    {
        var day = SyntheticClimate.Day(2);
        day[1].T2mK[59] = float.NaN;

        Assert.Equal(59, ClimateTrainer.Train(SyntheticClimate.Grid, day, SyntheticClimate.Options).Card.Rows);
    }

    [Fact]
    public void Train_spreads_the_background_over_the_times()
    {
        var file = ClimateTrainer.Train(SyntheticClimate.Grid, SyntheticClimate.Day(5), SyntheticClimate.Options);

        var hour = ClimateFeatures.Names.ToList().IndexOf("solar_hour");
        var hours = Enumerable.Range(0, 12).Select(row => Math.Round(file.Background[(row * ClimateFeatures.Count) + hour] / 3)).ToArray();
        Assert.Equal(12 * ClimateFeatures.Count, file.Background.Count);
        Assert.Equal(4, hours[..4].Distinct().Count());
        Assert.All(hours.GroupBy(value => value), rows => Assert.Equal(3, rows.Count()));
    }

    [Fact]
    public void Train_refuses_analyses_without_a_pair_or_out_of_order()
    {
        var day = SyntheticClimate.Day(2);

        Assert.Throws<ArgumentException>(() => ClimateTrainer.Train(SyntheticClimate.Grid, day[..1], SyntheticClimate.Options));
        Assert.Throws<ArgumentException>(() => ClimateTrainer.Train(SyntheticClimate.Grid, [day[1], day[0]], SyntheticClimate.Options));
    }
}
