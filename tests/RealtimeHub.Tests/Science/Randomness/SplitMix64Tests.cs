using RealtimeHub.Science.Randomness;

namespace RealtimeHub.Tests.Science.Randomness;

public sealed class SplitMix64Tests
{
    /// <summary>The first five numbers of seed 1234567, as printed by Vigna's splitmix64.c (Rosetta Code, "Pseudo-random numbers/Splitmix64").</summary>
    [Fact]
    public void At_gives_the_published_sequence()
    {
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];

        var actual = Enumerable.Range(0, 5).Select(index => SplitMix64.At(1234567, (ulong)index));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void UnitAt_stays_in_range_and_fills_it_evenly()
    {
        var tenths = new int[10];

        for (var index = 0UL; index < 100_000; index++)
        {
            tenths[(int)(SplitMix64.UnitAt(42, index) * 10)]++;
        }

        Assert.All(tenths, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Split_gives_other_numbers_per_label()
    {
        var seeds = Enumerable.Range(0, 1_000).Select(label => SplitMix64.Split(7, (ulong)label)).ToHashSet();

        Assert.Equal(1_000, seeds.Count);
        Assert.DoesNotContain(SplitMix64.At(7, 0), seeds);
    }
}
