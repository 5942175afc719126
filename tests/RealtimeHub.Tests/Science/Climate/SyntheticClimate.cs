using RealtimeHub.Science.Climate;
using RealtimeHub.Science.Randomness;

namespace RealtimeHub.Tests.Science.Climate;

/// <summary>A made-up day over Kansas: it warms by a fixed rule and has some noise.</summary>
internal static class SyntheticClimate
{
    public static readonly long Start = DateTimeOffset.Parse("2005-08-07T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();

    public static ClimateGrid Grid { get; } = GridOf(6, 10);

    public static ClimateGrid GridOf(int rows, int columns) => new(
        [.. Enumerable.Range(0, rows).Select(row => 37 + (0.25 * row))],
        [.. Enumerable.Range(0, columns).Select(column => -100 + (0.25 * column))],
        [.. Enumerable.Range(0, rows * columns).Select(cell => 900 - (20f * (cell % columns)))]);

    public static SurfaceFields Uniform(ClimateGrid grid, long time) => new(
        time, Fill(grid, 300), Fill(grid, 290), Fill(grid, 55), Fill(grid, 3), Fill(grid, -4), Fill(grid, 95_000), Fill(grid, 302));

    public static SurfaceFields[] Day(int analyses)
    {
        var grid = Grid;
        return [.. Enumerable.Range(0, analyses).Select(index => At(grid, index))];
    }

    public static ClimateTrainingOptions Options { get; } = new()
    {
        Version = "test-1",
        DataName = "a made-up day",
        DataHash = "sha-256:0",
        Trees = new() { Trees = 10, Depth = 3, MinLeafRows = 5, RowShare = 0.8, FeatureShare = 0.5, Seed = 7 },
        BackgroundRows = 12,
        Bands = 2,
    };

    private static SurfaceFields At(ClimateGrid grid, int index)
    {
        var draw = (ulong)index * 10_000;
        float[] Noisy(double value, double spread) =>
            [.. Enumerable.Range(0, grid.Cells).Select(cell => (float)(value + (spread * (SplitMix64.UnitAt(3, draw++) - 0.5)) - (0.05 * (cell % 10))))];

        var warm = index is > 4 and < 8 ? 6.0 : 0;
        return new(
            Start + (index * ClimateFeatures.StepSeconds),
            Noisy(294 + warm, 2), Noisy(288 + (index * 0.3), 1), Noisy(60 - (2 * warm), 5), Noisy(-1, 2), Noisy(3, 2), Noisy(95_000, 200), Noisy(293 + (2 * warm), 3));
    }

    private static float[] Fill(ClimateGrid grid, float value) => [.. Enumerable.Repeat(value, grid.Cells)];
}
