using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class MoistureTests
{
    [Fact]
    public void SaturationVapourPressure_at_the_freezing_point_is_its_constant() =>
        Assert.Equal(611.2, Moisture.SaturationVapourPressure(273.15), 1e-9);

    // By hand: 17.67 · 20 / 263.5 = 1.341176; e^1.341176 = 3.82354; times 611.2.
    [Fact]
    public void SaturationVapourPressure_at_20_C_is_what_the_equation_gives_by_hand() =>
        Assert.Equal(2336.9, Moisture.SaturationVapourPressure(293.15), 0.1);

    // IAPWS-95 (Wagner and Pruss 2002; NIST Chemistry WebBook): 0.61165, 2.3393 and 5.6290 kPa. Bolton says 0.1 %.
    [Theory]
    [InlineData(0.01, 611.65)]
    [InlineData(20.0, 2339.3)]
    [InlineData(35.0, 5629.0)]
    public void SaturationVapourPressure_agrees_with_the_steam_tables(double celsius, double expected) =>
        Assert.Equal(1.0, Moisture.SaturationVapourPressure(celsius + 273.15) / expected, 0.0015);

    [Theory]
    [InlineData(-20.0)]
    [InlineData(0.0)]
    [InlineData(30.0)]
    public void AmbaumSaturationVapourPressure_agrees_with_Bolton_within_half_a_percent(double celsius) =>
        Assert.Equal(
            1.0,
            Moisture.AmbaumSaturationVapourPressure(celsius + 273.15) / Moisture.SaturationVapourPressure(celsius + 273.15),
            0.005);

    [Theory]
    [InlineData(200.0)]
    [InlineData(273.15)]
    [InlineData(305.0)]
    public void Dewpoint_is_the_inverse_of_SaturationVapourPressure(double temperature) =>
        Assert.Equal(temperature, Moisture.Dewpoint(Moisture.SaturationVapourPressure(temperature)), 1e-9);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void Dewpoint_of_no_vapour_is_missing(double vapourPressure) => Assert.True(double.IsNaN(Moisture.Dewpoint(vapourPressure)));

    [Fact]
    public void DewpointFromRelativeHumidity_of_saturated_air_is_its_temperature() =>
        Assert.Equal(290.0, Moisture.DewpointFromRelativeHumidity(290.0, 1.0), 1e-9);

    // By hand: 0.621957 · 1000 / 99 000.
    [Fact]
    public void MixingRatio_is_what_the_equation_gives_by_hand() =>
        Assert.Equal(0.00628239, Moisture.MixingRatio(100_000.0, 1000.0), 1e-8);

    [Fact]
    public void VapourPressure_is_the_inverse_of_MixingRatio() =>
        Assert.Equal(1234.5, Moisture.VapourPressure(90_000.0, Moisture.MixingRatio(90_000.0, 1234.5)), 1e-9);

    [Fact]
    public void SpecificHumidity_is_the_mixing_ratio_over_one_plus_itself()
    {
        var ratio = Moisture.MixingRatio(95_000.0, 1500.0);

        Assert.Equal(ratio / (1.0 + ratio), Moisture.SpecificHumidity(95_000.0, 1500.0), 1e-15);
    }

    [Fact]
    public void Deficits_of_saturated_air_are_zero()
    {
        Assert.Equal(0.0, Moisture.VapourPressureDeficit(288.0, 288.0));
        Assert.Equal(0.0, Moisture.DewpointDepression(288.0, 288.0));
    }

    // FAO Irrigation and Drainage Paper 56, table 2.3: e°(30) = 4.243, e°(15) = 1.705 kPa; its equation differs by 0.1 %.
    [Fact]
    public void VapourPressureDeficit_agrees_with_the_FAO_table() =>
        Assert.Equal(4243.0 - 1705.0, Moisture.VapourPressureDeficit(303.15, 288.15), 5.0);

    [Fact]
    public void DewpointDepression_is_the_difference() => Assert.Equal(12.5, Moisture.DewpointDepression(300.0, 287.5));

    [Fact]
    public void Functions_of_a_missing_value_are_missing()
    {
        Assert.True(double.IsNaN(Moisture.SaturationVapourPressure(double.NaN)));
        Assert.True(double.IsNaN(Moisture.MixingRatio(double.NaN, 1.0)));
        Assert.True(double.IsNaN(Moisture.VapourPressureDeficit(280.0, double.NaN)));
        Assert.True(double.IsNaN(Moisture.DewpointDepression(double.NaN, 280.0)));
    }
}
