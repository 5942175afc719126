using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class LiftedCondensationTests
{
    [Fact]
    public void Saturated_air_is_at_its_condensation_level()
    {
        var parcel = new Parcel(90_000.0, 285.0, 285.0);

        Assert.Equal(new CondensationLevel(90_000.0, 285.0), LiftedCondensation.Bolton(parcel));
        Assert.Equal(new CondensationLevel(90_000.0, 285.0), LiftedCondensation.Romps(parcel));
    }

    // By hand: 1/237.15 + ln(303.15/293.15)/800 = 0.00425866; its inverse plus 56 is 290.815; (290.815/303.15)^3.5 = 0.86468.
    [Fact]
    public void Bolton_is_what_the_equations_give_by_hand()
    {
        var lcl = LiftedCondensation.Bolton(new Parcel(100_000.0, 303.15, 293.15));

        Assert.Equal(290.815, lcl.Temperature, 0.002);
        Assert.Equal(86_468.0, lcl.Pressure, 5.0);
    }

    // Romps (2017), R code lcl.R, printed check: lcl(1e5, 300, rhl = 0.5) is 1433.844 m; 300 K − g/c_pm · z is T_L.
    [Fact]
    public void Romps_agrees_with_the_published_check()
    {
        var dewpoint = Bisect(celsius => Moisture.AmbaumSaturationVapourPressure(celsius)
            - (0.5 * Moisture.AmbaumSaturationVapourPressure(300.0)));

        var lcl = LiftedCondensation.Romps(new Parcel(100_000.0, 300.0, dewpoint));

        Assert.Equal(300.0 - (9.81 / 1013.0 * 1433.844), lcl.Temperature, 0.1);
    }

    [Fact]
    public void Bolton_and_Romps_agree_within_a_hectopascal_over_the_range_of_surface_air()
    {
        for (var temperature = 263.15; temperature <= 313.15; temperature += 10.0)
        {
            for (var depression = 0.5; depression <= 25.0; depression += 3.5)
            {
                var parcel = new Parcel(95_000.0, temperature, temperature - depression);

                var difference = LiftedCondensation.Bolton(parcel).Pressure - LiftedCondensation.Romps(parcel).Pressure;

                Assert.InRange(difference, -150.0, 150.0);
            }
        }
    }

    [Fact]
    public void Level_of_a_missing_parcel_is_missing()
    {
        Assert.True(double.IsNaN(LiftedCondensation.Bolton(Parcel.Missing).Pressure));
        Assert.True(double.IsNaN(LiftedCondensation.Romps(Parcel.Missing).Pressure));
    }

    private static double Bisect(Func<double, double> function)
    {
        var (low, high) = (250.0, 300.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = function(middle) < 0.0 ? (middle, high) : (low, middle);
        }

        return low;
    }
}
