using FsCheck.Fluent;
using RealtimeHub.Server.Hubs.Climate.Masking;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Server.Hubs.Climate.Masking;

public sealed class GridMaskTests
{
    private const int Columns = 6;
    private const int Cells = 30;

    [Fact]
    public void HideInput_lets_nothing_through_that_a_decision_hides() => Properties.Hold(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var mask = Mask(random, out var concealed, out var group);
        var one = Enumerable.Range(0, Cells).Select(_ => (float)random.Next(1_000)).ToArray();
        var other = one.ToArray();
        foreach (var cell in Enumerable.Range(0, Cells).Where(c => concealed[c]))
        {
            other[cell] = random.Next(1_000);
        }

        // Inside a group values may move as they like while their mean stays.
        if (group.Length >= 2)
        {
            other[group[0]] += 8;
            other[group[1]] -= 8;
        }

        mask.HideInput(one);
        mask.HideInput(other);

        Assert.Equal(one, other);
    });

    [Fact]
    public void HideOutput_conceals_and_averages()
    {
        var concealed = new bool[Cells];
        concealed[3] = true;
        var mask = new GridMask("k", concealed, [[0, 1, 3]], Columns);
        var plane = Enumerable.Range(0, Cells).Select(i => (float)i).ToArray();

        mask.HideOutput(plane);

        Assert.Equal([0.5f, 0.5f, 2, float.NaN, 4], plane[..5]);
    }

    [Fact]
    public void HideInput_puts_the_nearest_shown_value_in_place_of_a_concealed_one()
    {
        var concealed = new bool[Cells];
        concealed[7] = concealed[8] = true;
        var mask = new GridMask("k", concealed, [], Columns);
        var plane = Enumerable.Range(0, Cells).Select(i => (float)i).ToArray();

        mask.HideInput(plane);

        Assert.Equal((1, 2), (plane[7], plane[8]));
    }

    private static GridMask Mask(Random random, out bool[] concealed, out int[] group)
    {
        concealed = [.. Enumerable.Range(0, Cells).Select(_ => random.Next(4) == 0)];
        var hidden = concealed;
        group = [.. Enumerable.Range(0, Cells).Where(c => !hidden[c] && random.Next(3) == 0)];
        return new GridMask("k", concealed, [group], Columns);
    }
}
