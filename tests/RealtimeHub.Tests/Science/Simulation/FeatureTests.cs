using RealtimeHub.Science.Simulation;
using RealtimeHub.Science.Simulation.Features;

namespace RealtimeHub.Tests.Science.Simulation;

public sealed class FeatureTests
{
    [Fact]
    public void LeastSquares_is_0_for_the_empty_set() => Assert.Equal((0.0, 0.0), BoxCounting.LeastSquares(ActivityMask.Of(64, (_, _) => false)));

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(729)]
    public void LeastSquares_is_1_for_a_line_and_2_for_the_plane(int size)
    {
        var line = BoxCounting.LeastSquares(ActivityMask.Of(size, (_, y) => y == size / 3));
        var plane = BoxCounting.LeastSquares(ActivityMask.Of(size, (_, _) => true));

        Assert.Equal(1.0, line.Dimension, 1e-9);
        Assert.Equal(2.0, plane.Dimension, 1e-9);
        Assert.Equal(1.0, line.Fit, 1e-9);
        Assert.Equal(1.0, plane.Fit, 1e-9);
    }

    [Theory]
    [InlineData(81)]
    [InlineData(729)]
    public void LeastSquares_of_the_Sierpinski_carpet_is_log_8_by_log_3(int size)
    {
        var carpet = BoxCounting.LeastSquares(ActivityMask.Of(size, IsInCarpet));

        Assert.Equal(1.8928, carpet.Dimension, 1e-3);
        Assert.Equal(1.0, carpet.Fit, 1e-9);
    }

    [Fact]
    public void LeastSquares_of_the_carpet_on_a_grid_of_powers_of_two_is_close()
    {
        Assert.InRange(BoxCounting.LeastSquares(ActivityMask.Of(512, IsInCarpet)).Dimension, 1.85, 1.95);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(100)]
    public void Count_is_what_looking_at_every_cell_says(int box)
    {
        const int Size = 203;
        var mask = ActivityMask.Of(Size, (x, y) => ((x * 7919) ^ (y * 104729)) % 97 == 0);
        var boxes = new HashSet<(int, int)>();
        for (var i = 0; i < Size * Size; i++)
        {
            var (x, y) = (i % Size / box, i / Size / box);
            if (mask.IsActive(i % Size, i / Size) && x < Size / box && y < Size / box)
            {
                boxes.Add((x, y));
            }
        }

        Assert.Equal(boxes.Count, BoxCounting.Count(mask, box));
    }

    [Fact]
    public void Statistics_are_those_of_a_field_worked_by_hand()
    {
        // 1 to 16 in 4 x 4: mean 8.5, variance (16² - 1) / 12, energy 16 · 17 · 33 / 6, periodic gradient.
        var simulator = Recipes.Diffusion(4, EdgeKind.Periodic);
        simulator.Load(0, [.. Enumerable.Range(1, 16).Select(i => (float)i)]);

        var statistics = FieldStatistics.Of(simulator.Fields, 0, 12);

        Assert.Equal(8.5, statistics.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(255.0 / 12), statistics.Deviation, 1e-12);
        Assert.Equal(1496, statistics.Energy, 1e-9);
        Assert.Equal(0.0, statistics.Skewness, 1e-12);
        Assert.Equal(-1.2094, statistics.Kurtosis, 1e-4);
        Assert.Equal(4, statistics.ActiveCells);
        Assert.Equal(0.25, statistics.ActiveRatio);

        // Across: 1 inside, 1 - 3 over 2 at the edges; along: 4 times that.
        Assert.Equal(1.0 + 16.0, statistics.SpatialVariance, 1e-12);
        Assert.Equal(1.0, statistics.Min);
        Assert.Equal(16.0, statistics.Max);
    }

    [Fact]
    public void Statistics_of_a_row_with_a_remainder_agree_with_plain_sums()
    {
        var simulator = new Simulator(Recipes.Of("mycelium", 37));
        var cells = simulator.Fields.ToArray(0).Select(x => (double)x).ToArray();
        var mean = cells.Average();

        var statistics = simulator.Measure();

        Assert.Equal(mean, statistics.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(cells.Average(x => (x - mean) * (x - mean))), statistics.Deviation, 1e-12);
        Assert.Equal(cells.Sum(x => x * x), statistics.Energy, 1e-9);
        Assert.Equal(cells.Count(x => x > -0.060), statistics.ActiveCells);
        Assert.Equal(cells.Min(), statistics.Min);
    }

    [Fact]
    public void ClusterSizes_join_what_shares_a_side()
    {
        string[] rows =
        [
            "##.#....",
            ".#.#.###",
            ".###...#",
            "......##",
            "#.#.#...",
            "########",
            "........",
            "#.#.....",
        ];

        var sizes = ClusterSizes.Of(ActivityMask.Of(8, (x, y) => rows[y][x] == '#'));

        Assert.Equal([1, 1, 6, 8, 11], sizes.Order());
    }

    [Fact]
    public void ChangeTracker_follows_a_field_that_moves_and_comes_to_rest()
    {
        var simulator = Recipes.Diffusion(4, EdgeKind.Periodic);
        var tracker = new ChangeTracker(1_000.0);
        foreach (var value in new[] { 0.001f, 0.002f, 0.003f, 0.004f }.Concat(Enumerable.Repeat(0.004f, 20)))
        {
            // One cell moves, so that the change has a deviation.
            simulator.Load(0, [value, .. new float[15]]);
            tracker.Follow(simulator.Fields, 0);
        }

        Assert.Equal(23, tracker.Steps);
        Assert.Equal(1.0, tracker.MaxChange, 1e-5);
        Assert.Equal(3.0 / 16 / 23, tracker.MeanChange, 1e-7);
        Assert.Equal(13, tracker.StepsToStable);
        Assert.True(tracker.EnergyTrend > 0);
    }

    [Fact]
    public void Morphology_gives_eighteen_finite_features()
    {
        var simulator = new Simulator(Recipes.Of("mycelium-turing"));
        var observed = simulator.Recipe.Model.Observed;
        var tracker = new ChangeTracker(observed.ShownScale);
        for (var i = 0; i < 300; i++)
        {
            simulator.Advance();
            tracker.Follow(simulator.Fields, 0);
        }

        var features = FeatureValues.Morphology(observed, simulator.Fields, simulator.Measure(), tracker);

        Assert.Equal(18, features.Count);
        Assert.Equal(FeatureNames.Morphology, features.Select(f => f.Key));
        Assert.All(features, f => Assert.True(double.IsFinite(f.Value), f.Key));
        Assert.InRange(features.Single(f => f.Key == "D_box").Value, 0, 2);
        Assert.True(features.Single(f => f.Key == "N_clusters_low").Value > 5);
    }

    private static bool IsInCarpet(int x, int y)
    {
        for (; x > 0 || y > 0; x /= 3, y /= 3)
        {
            if (x % 3 == 1 && y % 3 == 1)
            {
                return false;
            }
        }

        return true;
    }
}
