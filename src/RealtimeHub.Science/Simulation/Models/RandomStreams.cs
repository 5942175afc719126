using RealtimeHub.Science.Randomness;

namespace RealtimeHub.Science.Simulation.Models;

/// <summary>The independent sequences of random numbers of one run.</summary>
internal static class RandomStreams
{
    public static ulong Start(ulong seed, int field) => SplitMix64.Split(seed, (ulong)field);

    public static ulong Spikes(ulong seed) => SplitMix64.Split(seed, 100);

    public static ulong Jitter(ulong seed) => SplitMix64.Split(seed, 101);

    public static void FillNormal(FieldGrid grid, int field, ulong seed, double mean, double deviation) =>
        Fill(grid, field, index => mean + (deviation * NormalNumbers.At(seed, index)));

    public static void FillUniform(FieldGrid grid, int field, ulong seed, double min, double max) =>
        Fill(grid, field, index => min + ((max - min) * SplitMix64.UnitAt(seed, index)));

    private static void Fill(FieldGrid grid, int field, Func<ulong, double> valueAt)
    {
        for (var row = 0; row < grid.Size; row++)
        {
            var cells = grid.Row(field, row);
            for (var column = 0; column < cells.Length; column++)
            {
                cells[column] = (float)valueAt((ulong)((row * grid.Size) + column));
            }
        }
    }
}
