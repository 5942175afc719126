using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class ThermodynamicsTests
{
    [Fact]
    public void PotentialTemperature_at_the_reference_pressure_is_the_temperature() =>
        Assert.Equal(288.0, Thermodynamics.PotentialTemperature(100_000.0, 288.0), 1e-12);

    // By hand: (1000/500)^(2/7) = 1.219014, times 250.
    [Fact]
    public void PotentialTemperature_at_500_hPa_is_what_Poisson_gives() =>
        Assert.Equal(304.7535, Thermodynamics.PotentialTemperature(50_000.0, 250.0), 1e-3);

    [Fact]
    public void VirtualTemperature_of_dry_air_is_its_temperature() =>
        Assert.Equal(300.0, Thermodynamics.VirtualTemperature(100_000.0, 300.0, 0.0));

    // By the other form: T (1 + r/ε)/(1 + r).
    [Fact]
    public void VirtualTemperature_equals_its_form_in_the_mixing_ratio()
    {
        var ratio = Moisture.MixingRatio(95_000.0, 2000.0);

        Assert.Equal(
            300.0 * (1.0 + (ratio / PhysicalConstants.Epsilon)) / (1.0 + ratio),
            Thermodynamics.VirtualTemperature(95_000.0, 300.0, 2000.0),
            1e-10);
    }

    [Fact]
    public void EquivalentPotentialTemperature_of_nearly_dry_air_is_its_potential_temperature() =>
        Assert.Equal(
            Thermodynamics.PotentialTemperature(85_000.0, 280.0),
            Thermodynamics.EquivalentPotentialTemperature(85_000.0, 280.0, 180.0),
            0.01);

    // MetPy's documentation and unit test: 850 hPa, 20 °C, 18 °C give 353.937994 K with its saturation vapour pressure.
    [Fact]
    public void EquivalentPotentialTemperature_agrees_with_MetPy() =>
        Assert.Equal(353.94, Thermodynamics.EquivalentPotentialTemperature(85_000.0, 293.15, 291.15), 0.15);

    [Fact]
    public void EquivalentPotentialTemperature_is_kept_in_pseudo_adiabatic_ascent()
    {
        var start = Thermodynamics.EquivalentPotentialTemperature(90_000.0, 293.15, 293.15);
        var temperature = MoistAscent.Temperature(90_000.0, 293.15, 50_000.0);

        var end = Thermodynamics.EquivalentPotentialTemperature(50_000.0, temperature, temperature);

        // Bolton's fit is to an ascent with a latent heat that varies with temperature; ours is constant.
        Assert.Equal(start, end, 2.5);
    }

    [Fact]
    public void Functions_of_a_missing_value_are_missing()
    {
        Assert.True(double.IsNaN(Thermodynamics.PotentialTemperature(double.NaN, 280.0)));
        Assert.True(double.IsNaN(Thermodynamics.VirtualTemperature(90_000.0, double.NaN, 10.0)));
        Assert.True(double.IsNaN(Thermodynamics.EquivalentPotentialTemperature(90_000.0, 280.0, double.NaN)));
    }
}
