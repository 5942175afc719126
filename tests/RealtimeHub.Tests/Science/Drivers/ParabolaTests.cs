using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class ParabolaTests
{
    // (s − ¼)(s − ¾): ends 3/16, middle −1/16.
    [Fact]
    public void Roots_come_in_rising_order()
    {
        var (first, second) = new Parabola(3.0 / 16.0, -1.0 / 16.0, 3.0 / 16.0).Roots();

        Assert.Equal(0.25, first, 1e-12);
        Assert.Equal(0.75, second, 1e-12);
    }

    [Fact]
    public void Roots_of_a_straight_line_hold_its_one_root()
    {
        var (first, second) = new Parabola(-1.0, 0.0, 1.0).Roots();

        Assert.Contains(0.5, (double[])[first, second]);
    }

    [Fact]
    public void AreaTo_the_end_is_the_area() =>
        Assert.Equal(new Parabola(1.0, 5.0, -2.0).Area, new Parabola(1.0, 5.0, -2.0).AreaTo(1.0), 1e-12);
}
