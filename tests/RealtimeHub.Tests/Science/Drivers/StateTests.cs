using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class StateTests
{
    // The ICAO standard atmosphere: 288.15 K and 6.5 K/km to 11 km.
    private static TestColumn Standard()
    {
        var column = new TestColumn();
        for (var height = 0.0; height <= 10_000.0; height += 250.0)
        {
            var temperature = 288.15 - (0.0065 * height);
            var pressure = 101_325.0 * Math.Pow(temperature / 288.15, 5.25588);
            column.Add(pressure, temperature, 250.0, height, 10.0);
        }

        return column;
    }

    [Fact]
    public void LapseRates_of_the_standard_atmosphere_are_those_that_define_it()
    {
        var column = Standard();

        Assert.Equal(0.0065, LapseRates.FromSurface(column.Profile.Temperature, column.Profile.Height), 1e-12);
        Assert.Equal(0.0065, LapseRates.BetweenPressures(column.Profile), 1e-9);
    }

    [Fact]
    public void LapseRates_of_isothermal_air_are_zero_and_of_a_short_column_missing()
    {
        Assert.Equal(0.0, LapseRates.FromSurface([280.0, 280.0], [0.0, 4000.0]));
        Assert.True(double.IsNaN(LapseRates.FromSurface([280.0, 280.0], [0.0, 2000.0])));
        var high = new TestColumn().Add(69_000.0, 280.0, 270.0).Add(40_000.0, 250.0, 230.0, 4000.0);
        Assert.True(double.IsNaN(LapseRates.BetweenPressures(high.Profile)));
    }

    [Fact]
    public void AtPressure_is_linear_in_the_logarithm_and_does_not_extrapolate()
    {
        double[] pressure = [100_000.0, 80_000.0, double.NaN, 50_000.0, 25_000.0];
        double[] values = [1.0, double.NaN, 7.0, 2.0, 4.0];

        Assert.Equal(1.0, ProfileInterpolation.AtPressure(pressure, values, 100_000.0));
        Assert.Equal(1.5, ProfileInterpolation.AtPressure(pressure, values, 100_000.0 / Math.Sqrt(2.0)), 1e-12);
        Assert.Equal(3.0, ProfileInterpolation.AtPressure(pressure, values, 50_000.0 / Math.Sqrt(2.0)), 1e-12);
        Assert.True(double.IsNaN(ProfileInterpolation.AtPressure(pressure, values, 100_001.0)));
        Assert.True(double.IsNaN(ProfileInterpolation.AtPressure(pressure, values, 24_999.0)));
    }

    [Fact]
    public void AtHeight_is_linear_and_does_not_extrapolate()
    {
        double[] height = [0.0, 100.0, double.NaN, 300.0];
        double[] values = [1.0, 2.0, 9.0, 4.0];

        Assert.Equal(3.0, ProfileInterpolation.AtHeight(height, values, 200.0), 1e-12);
        Assert.Equal(4.0, ProfileInterpolation.AtHeight(height, values, 300.0));
        Assert.True(double.IsNaN(ProfileInterpolation.AtHeight(height, values, -1.0)));
        Assert.True(double.IsNaN(ProfileInterpolation.AtHeight(height, values, 301.0)));
    }

    // q constant, 10 m/s eastward: q · 10 at the level, q · 10 · Δp / g over the column.
    [Fact]
    public void MoistureTransport_of_constant_humidity_and_wind_is_what_one_works_out_by_hand()
    {
        var column = new TestColumn();
        for (var pressure = 100_000.0; pressure >= 20_000.0; pressure -= 1000.0)
        {
            var ratio = 0.010 / (1.0 - 0.010);
            column.Add(pressure, 290.0, Moisture.Dewpoint(Moisture.VapourPressure(pressure, ratio)), 100_000.0 - pressure, 10.0, -5.0);
        }

        var flux = MoistureTransport.AtPressure(column.Profile);
        var transport = MoistureTransport.Integrated(column.Profile);

        Assert.Equal(0.10, flux.U, 1e-6);
        Assert.Equal(-0.05, flux.V, 1e-6);
        Assert.Equal(0.10 * 70_000.0 / 9.80665, transport.U, 1e-6);
        Assert.Equal(-0.05 * 70_000.0 / 9.80665, transport.V, 1e-6);
    }

    [Fact]
    public void MoistureTransport_in_calm_air_is_zero_and_without_levels_missing()
    {
        var calm = new TestColumn().Add(95_000.0, 290.0, 280.0).Add(20_000.0, 230.0, 200.0, 11_000.0);
        var shortColumn = new TestColumn().Add(95_000.0, 290.0, 280.0).Add(40_000.0, 230.0, 200.0, 7000.0);

        Assert.Equal(0.0, MoistureTransport.Integrated(calm.Profile).Speed);
        Assert.True(double.IsNaN(MoistureTransport.Integrated(shortColumn.Profile).Speed));
        Assert.True(double.IsNaN(MoistureTransport.Integrated(new TestColumn().Profile).Speed));
        Assert.True(double.IsNaN(MoistureTransport.AtPressure(new TestColumn().Add(84_000.0, 290.0, 280.0).Profile).U));
    }

    // American Meteorological Society Glossary, "atmospheric river": 250 kg/m/s is the usual threshold; a summer column over
    // Kansas stays in the range that Ralph and others (2019) call weak or below.
    [Fact]
    public void MoistureTransport_of_the_real_columns_has_the_size_that_the_literature_gives()
    {
        foreach (var profile in ReferenceCases.Columns.Where(column => column.Id.StartsWith("kansas-ruc13", StringComparison.Ordinal)))
        {
            var transport = MoistureTransport.Integrated(new ColumnProfile(profile.Thermo, profile.Wind)).Speed;

            Assert.InRange(transport, 0.0, 600.0);
        }
    }

    // θ_v equal to that of the ground up to 1000 m, then 1 K more at 1500 m with 5 m/s: Ri = g · 1500 · (1/300) / 25 = 1.96133.
    [Fact]
    public void MixingHeight_of_a_capped_layer_is_what_one_works_out_by_hand()
    {
        var column = new TestColumn();
        foreach (var (height, pressure, theta) in ((double, double, double)[])
            [(0.0, 100_000.0, 300.0), (500.0, 94_500.0, 300.0), (1000.0, 89_000.0, 300.0), (1500.0, 84_000.0, 301.0)])
        {
            column.Add(pressure, theta * Math.Pow(pressure / 100_000.0, PhysicalConstants.Kappa), 100.0, height, 5.0);
        }

        var height25 = 1000.0 + (500.0 * 0.25 / (9.80665 * 1500.0 / 300.0 / 25.0));

        Assert.Equal(height25, MixingHeight.BulkRichardson(column.Profile), 0.01);
    }

    [Fact]
    public void MixingHeight_in_calm_air_is_that_of_the_parcel_method()
    {
        var column = new TestColumn()
            .Add(100_000.0, 300.0, 100.0)
            .Add(95_000.0, 290.0, 100.0, 450.0)
            .Add(90_000.0, 295.0, 100.0, 950.0);

        Assert.Equal(450.0, MixingHeight.BulkRichardson(column.Profile));
    }

    [Fact]
    public void MixingHeight_of_a_column_without_a_cap_is_missing()
    {
        var column = new TestColumn().Add(100_000.0, 300.0, 100.0).Add(90_000.0, 280.0, 100.0, 950.0, 4.0);

        Assert.True(double.IsNaN(MixingHeight.BulkRichardson(column.Profile)));
        Assert.True(double.IsNaN(MixingHeight.BulkRichardson(new TestColumn().Profile)));
    }

    // Holzworth (1964): afternoon mixing heights over the High Plains in summer are 2 to 4 km; at night they are a few hundred
    // metres. Afternoon is 18 to 21 UTC there, night 06 to 12 UTC.
    [Fact]
    public void MixingHeight_of_the_Kansas_columns_is_low_by_night_and_high_by_day()
    {
        var night = new List<double>();
        var day = new List<double>();
        foreach (var profile in ReferenceCases.Columns.Where(column => column.Id.StartsWith("kansas-ruc13", StringComparison.Ordinal)))
        {
            var height = MixingHeight.BulkRichardson(new ColumnProfile(profile.Thermo, profile.Wind));
            (profile.Id.Contains("/t6/", StringComparison.Ordinal) || profile.Id.Contains("/t7/", StringComparison.Ordinal) ? day
                : profile.Id.Contains("/t2/", StringComparison.Ordinal) || profile.Id.Contains("/t3/", StringComparison.Ordinal)
                    || profile.Id.Contains("/t4/", StringComparison.Ordinal) ? night : []).Add(height);
        }

        night.Sort();
        day.Sort();

        Assert.InRange(night[night.Count / 2], 0.0, 500.0);
        Assert.InRange(day[day.Count / 2], 900.0, 4000.0);
    }
}
