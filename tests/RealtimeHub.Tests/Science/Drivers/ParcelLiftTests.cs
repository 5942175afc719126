using RealtimeHub.Science.Drivers;
using RealtimeHub.Tests.Engine;

namespace RealtimeHub.Tests.Science.Drivers;

public class ParcelLiftTests
{
    [Fact]
    public void Lift_in_a_stable_column_finds_no_free_convection()
    {
        var column = new TestColumn().Add(100_000.0, 288.0, 280.0).Add(50_000.0, 288.0, 250.0).Add(20_000.0, 288.0, 230.0);

        var ascent = ParcelLift.Lift(column.Thermo, Parcels.SurfaceBased(column.Thermo));

        Assert.Equal(0.0, ascent.Cape);
        Assert.Equal(0.0, ascent.Cin);
        Assert.True(double.IsNaN(ascent.FreeConvectionPressure));
        Assert.True(double.IsNaN(ascent.EquilibriumPressure));
    }

    // An environment that is everywhere 2 K colder in virtual temperature than the saturated parcel: CAPE = R_d · 2 K · ln(p₀/p₁).
    [Fact]
    public void Lift_with_constant_buoyancy_gives_the_area_by_hand()
    {
        var column = new TestColumn();
        var temperature = 295.0;
        var pressure = 90_000.0;
        while (pressure > 30_000.0)
        {
            var virtualTemperature = Thermodynamics.VirtualTemperature(
                pressure, temperature, Moisture.SaturationVapourPressure(temperature));
            column.Add(pressure, virtualTemperature - 2.0, 100.0);
            temperature = MoistAscent.Temperature(pressure, temperature, pressure - 250.0);
            pressure -= 250.0;
        }

        var ascent = ParcelLift.Lift(column.Thermo, new Parcel(90_000.0, 295.0, 295.0));

        Assert.Equal(PhysicalConstants.DryAirGasConstant * 2.0 * Math.Log(90_000.0 / (pressure + 250.0)), ascent.Cape, 0.05);
        Assert.Equal(0.0, ascent.Cin);
        Assert.Equal(90_000.0, ascent.FreeConvectionPressure);
        Assert.True(double.IsNaN(ascent.EquilibriumPressure));
    }

    // Norman, 3 May 1999: published by Unidata with MetPy: 2470 J/kg, −41 J/kg; SHARPpy 2571, −44.
    [Fact]
    public void Lift_of_the_Norman_sounding_lies_between_the_published_values()
    {
        var sounding = ReferenceCases.Sounding("metpy/may4_sounding.txt");

        var ascent = ParcelLift.Lift(sounding.Thermo, Parcels.SurfaceBased(sounding.Thermo));

        Assert.InRange(ascent.Cape, 2470.49, 2571.22);
        Assert.InRange(ascent.Cin, -44.22, -40.2);
    }

    // The 1 hPa trapezoid of the reference is itself 0.1 J/kg away from the limit.
    [Fact]
    public void Lift_is_within_its_stated_accuracy_of_the_limit_of_short_steps()
    {
        foreach (var profile in ReferenceCases.All)
        {
            var parcel = Parcels.SurfaceBased(profile.Thermo);

            var ascent = ParcelLift.Lift(profile.Thermo, parcel);
            var limit = ParcelLift.Lift(profile.Thermo, parcel, 0.001);

            Assert.Equal(limit.Cape, ascent.Cape, 0.02);
            Assert.Equal(limit.Cin, ascent.Cin, 0.02);
        }
    }

    [Fact]
    public void Lift_does_not_change_by_a_level_that_says_nothing_new()
    {
        var plain = TestColumn.Convective();
        var expected = ParcelLift.Lift(plain.Thermo, Parcels.SurfaceBased(plain.Thermo));
        var between = Parcels.Between(Parcels.At(plain.Thermo, 9), Parcels.At(plain.Thermo, 10), 68_500.0);
        var refined = TestColumn.Convective().With(10, between.Pressure, between.Temperature, between.Dewpoint);

        var ascent = ParcelLift.Lift(refined.Thermo, Parcels.SurfaceBased(refined.Thermo));

        Assert.True(expected.Cape > 500.0);
        Assert.Equal(expected.Cape, ascent.Cape, 0.02);
        Assert.Equal(expected.Cin, ascent.Cin, 0.02);
    }

    [Fact]
    public void Lift_skips_missing_levels_and_levels_below_the_ground()
    {
        var plain = TestColumn.Convective();
        var expected = ParcelLift.Lift(plain.Thermo, Parcels.SurfaceBased(plain.Thermo));
        var holed = TestColumn.Convective()
            .With(20, 45_000.0, double.NaN, 250.0)
            .With(10, double.NaN, 270.0, 260.0)
            .With(1, 99_000.0, 310.0, 300.0)
            .With(1, 97_000.0, 310.0, 300.0);

        Assert.Equal(expected, ParcelLift.Lift(holed.Thermo, Parcels.SurfaceBased(holed.Thermo)));
    }

    [Fact]
    public void Lift_of_warmer_or_moister_surface_air_has_more_CAPE()
    {
        var column = TestColumn.Convective();
        var parcel = Parcels.SurfaceBased(column.Thermo);

        var cape = ParcelLift.Lift(column.Thermo, parcel).Cape;
        var moister = ParcelLift.Lift(column.Thermo, parcel with { Dewpoint = parcel.Dewpoint + 1.0 }).Cape;
        var warmer = ParcelLift.Lift(column.Thermo, parcel with { Temperature = parcel.Temperature + 1.0 }).Cape;

        Assert.True(moister > cape);
        Assert.True(warmer > cape);
    }

    [Fact]
    public void Lift_from_within_the_column_starts_there()
    {
        var column = TestColumn.Convective();
        var parcel = new Parcel(88_123.0, 296.0, 294.0);

        var ascent = ParcelLift.Lift(column.Thermo, parcel);

        Assert.True(ascent.CondensationPressure < parcel.Pressure);
        Assert.True(ascent.FreeConvectionPressure <= ascent.CondensationPressure);
    }

    [Fact]
    public void Lift_of_a_missing_parcel_or_one_outside_the_column_is_missing()
    {
        var column = TestColumn.Convective();

        Assert.True(double.IsNaN(ParcelLift.Lift(column.Thermo, Parcel.Missing).Cape));
        Assert.True(double.IsNaN(ParcelLift.Lift(column.Thermo, new Parcel(99_000.0, 300.0, 290.0)).Cape));
        Assert.True(double.IsNaN(ParcelLift.Lift(column.Thermo, new Parcel(1000.0, 300.0, 290.0)).Cape));
        Assert.True(double.IsNaN(ParcelLift.Lift(new TestColumn().Thermo, new Parcel(90_000.0, 300.0, 290.0)).Cape));
    }

    [Fact]
    public void Lift_allocates_nothing()
    {
        var profile = ReferenceCases.Columns[0];

        var bytes = Allocations.OfThousand(() => ParcelLift.Lift(profile.Thermo, Parcels.SurfaceBased(profile.Thermo)));

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void ThermoProfile_refuses_members_of_unequal_length() =>
        Assert.Throws<ArgumentException>(() => { _ = new ThermoProfile([1.0, 2.0], [1.0, 2.0], [1.0]); });
}
