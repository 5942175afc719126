using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class MoistAscentTests
{
    [Fact]
    public void Temperature_after_no_ascent_is_that_of_the_start() =>
        Assert.Equal(285.0, MoistAscent.Temperature(90_000.0, 285.0, 90_000.0));

    // Where there is next to no vapour the slope is that of dry air, κ T.
    [Fact]
    public void Slope_of_very_cold_air_is_the_dry_one() =>
        Assert.Equal(PhysicalConstants.Kappa * 190.0, MoistAscent.Slope(50_000.0, 190.0), 0.02);

    // By hand: e = 611.2 Pa, r = 0.00382476, and so (287.0475 · 273.15 + 2.50084e6 r) / (1004.666 + 2.50084e6² r ε /
    // (287.0475 · 273.15²)) = 87 972 / 1699.35.
    [Fact]
    public void Slope_at_the_freezing_point_is_what_the_equation_gives_by_hand() =>
        Assert.Equal(51.768, MoistAscent.Slope(100_000.0, 273.15), 0.002);

    // MetPy test_moist_lapse: from 1000 hPa and 293 K to 800, 600, 500 and 400 hPa, with its own saturation vapour pressure.
    [Theory]
    [InlineData(80_000.0, 284.64)]
    [InlineData(60_000.0, 272.81)]
    [InlineData(50_000.0, 264.42)]
    [InlineData(40_000.0, 252.91)]
    public void Temperature_agrees_with_MetPy(double pressure, double expected) =>
        Assert.Equal(expected, MoistAscent.Temperature(100_000.0, 293.0, pressure), 0.05);

    [Fact]
    public void Temperature_is_within_a_hundred_thousandth_of_a_kelvin_of_the_limit_of_short_steps()
    {
        foreach (var start in (double[])[270.0, 285.0, 298.0])
        {
            var stepped = start;
            for (var pressure = 100_000.0; pressure > 10_000.5; pressure -= 100.0)
            {
                stepped = MoistAscent.Temperature(pressure, stepped, pressure - 100.0);
            }

            Assert.Equal(stepped, MoistAscent.Temperature(100_000.0, start, 10_000.0), 1e-5);
        }
    }

    [Fact]
    public void Descent_returns_to_the_start()
    {
        var top = MoistAscent.Temperature(95_000.0, 296.0, 30_000.0);

        Assert.Equal(296.0, MoistAscent.Temperature(30_000.0, top, 95_000.0), 1e-4);
    }
}
