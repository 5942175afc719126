using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class ParcelsTests
{
    [Fact]
    public void SurfaceBased_is_the_lowest_level_that_is_complete()
    {
        var column = new TestColumn().Add(96_000.0, double.NaN, 285.0).Add(95_000.0, 295.0, 284.0).Add(90_000.0, 290.0, 280.0);

        Assert.Equal(new Parcel(95_000.0, 295.0, 284.0), Parcels.SurfaceBased(column.Thermo));
    }

    [Fact]
    public void Parcels_of_an_empty_column_are_missing()
    {
        var column = new TestColumn();

        Assert.False(Parcels.SurfaceBased(column.Thermo).IsComplete);
        Assert.False(Parcels.MixedLayer(column.Thermo).IsComplete);
        Assert.False(Parcels.MostUnstable(column.Thermo).IsComplete);
    }

    // Constant potential temperature and mixing ratio: the mean is the surface itself, but for T being linear in ln p between levels.
    [Fact]
    public void MixedLayer_of_a_mixed_layer_is_its_surface()
    {
        var column = new TestColumn();
        for (var pressure = 95_000.0; pressure >= 80_000.0; pressure -= 1000.0)
        {
            var temperature = 300.0 * Math.Pow(pressure / 100_000.0, PhysicalConstants.Kappa);
            column.Add(pressure, temperature, Moisture.Dewpoint(Moisture.VapourPressure(pressure, 0.010)));
        }

        var parcel = Parcels.MixedLayer(column.Thermo);

        Assert.Equal(95_000.0, parcel.Pressure);
        Assert.Equal(300.0 * Math.Pow(0.95, PhysicalConstants.Kappa), parcel.Temperature, 1e-3);
        Assert.Equal(0.010, Moisture.MixingRatio(95_000.0, Moisture.SaturationVapourPressure(parcel.Dewpoint)), 1e-6);
    }

    // Two layers of 50 hPa with mixing ratios that fall linearly from 12 to 8 and stay there: the mean is 9 g/kg.
    [Fact]
    public void MixedLayer_weights_by_pressure()
    {
        var column = new TestColumn();
        for (var pressure = 100_000.0; pressure >= 85_000.0; pressure -= 500.0)
        {
            var ratio = 0.008 + (0.004 * Math.Max((pressure - 95_000.0) / 5000.0, 0.0));
            column.Add(pressure, 300.0, Moisture.Dewpoint(Moisture.VapourPressure(pressure, ratio)));
        }

        var parcel = Parcels.MixedLayer(column.Thermo);

        Assert.Equal(0.009, Moisture.MixingRatio(100_000.0, Moisture.SaturationVapourPressure(parcel.Dewpoint)), 1e-5);
    }

    [Fact]
    public void MixedLayer_of_a_column_that_ends_in_the_layer_is_missing()
    {
        var column = new TestColumn().Add(95_000.0, 300.0, 290.0).Add(90_000.0, 296.0, 288.0);

        Assert.False(Parcels.MixedLayer(column.Thermo).IsComplete);
    }

    [Fact]
    public void MostUnstable_finds_the_moist_layer_aloft_but_not_one_above_its_depth()
    {
        var column = new TestColumn()
            .Add(95_000.0, 288.0, 280.0)
            .Add(90_000.0, 294.0, 291.0)
            .Add(70_000.0, 282.0, 270.0)
            .Add(60_000.0, 310.0, 309.0);

        Assert.Equal(90_000.0, Parcels.MostUnstable(column.Thermo).Pressure);
    }

    // MetPy follows the same rule with another saturation vapour pressure, which decides otherwise on 2 profiles of 150.
    [Theory]
    [InlineData("fine_step", "mu", "parcel_p_hPa", 150)]
    [InlineData("metpy", "mu_parcel", "p_hPa", 148)]
    public void MostUnstable_picks_the_level_that_others_pick(string implementation, string group, string member, int expected)
    {
        var same = ReferenceCases.All.Count(profile =>
            Math.Abs(Parcels.MostUnstable(profile.Thermo).Pressure - (100.0 * profile.Expected(implementation, group, member))) < 0.1);

        Assert.Equal(expected, same);
    }
}
