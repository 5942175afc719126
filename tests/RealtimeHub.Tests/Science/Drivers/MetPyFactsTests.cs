using System.Text.Json;
using RealtimeHub.Science.Drivers;

namespace RealtimeHub.Tests.Science.Drivers;

public class MetPyFactsTests
{
    private const double Knot = 1852.0 / 3600.0;

    [Fact]
    public void Romps_gives_the_LCL_that_MetPy_asserts()
    {
        var fact = Fact("test_lcl");
        var parcel = new Parcel(
            100.0 * fact.GetProperty("p_hPa").GetDouble(),
            Kelvin(fact.GetProperty("t_C").GetDouble()),
            Kelvin(fact.GetProperty("td_C").GetDouble()));

        var lcl = LiftedCondensation.Romps(parcel);

        Assert.Equal(Expected(fact, "p_hPa"), lcl.Pressure / 100.0, 0.005);
        Assert.Equal(Kelvin(Expected(fact, "t_C")), lcl.Temperature, 0.005);
    }

    [Theory]
    [InlineData("test_storm_relative_helicity_no_storm_motion")]
    [InlineData("test_storm_relative_helicity_storm_motion")]
    public void Compute_gives_the_helicity_that_MetPy_asserts(string test)
    {
        var fact = Fact(test);
        var wind = new WindProfile(Values(fact, "z_m_agl"), Values(fact, "u_ms"), Values(fact, "v_ms"));
        var storm = Values(fact, "storm");

        var helicity = StormRelativeHelicity.Compute(wind, new WindVector(storm[0], storm[1]), 750.0);

        Assert.Equal(Expected(fact, "positive"), helicity.Positive, 1e-9);
        Assert.Equal(Expected(fact, "negative"), helicity.Negative, 1e-9);
        Assert.Equal(Expected(fact, "total"), helicity.Total, 1e-9);
    }

    // 0.05 m/s: MetPy interpolates wind in ln p at the ends of its layers, and the winds here are rounded to 0.1 mm/s.
    [Fact]
    public void BunkersByPressure_gives_the_motion_that_MetPy_asserts()
    {
        var fact = Fact("test_bunkers_motion").GetProperty("expected");
        var sounding = ReferenceCases.Sounding("metpy/may22_sounding.txt");

        var motion = StormMotion.BunkersByPressure(sounding.WindPressure, sounding.Wind);

        AssertWind(fact, "right_ms", motion.Right);
        AssertWind(fact, "left_ms", motion.Left);
        AssertWind(fact, "mean_ms", motion.Mean);
    }

    [Fact]
    public void BulkShear_gives_the_difference_that_MetPy_asserts()
    {
        var fact = Fact("test_bulk_shear");

        var shear = BulkShear.Compute(ReferenceCases.Sounding("metpy/may22_sounding.txt").Wind, 6000.0);

        Assert.Equal(Expected(fact, "u_kt"), shear.U / Knot, 0.05);
        Assert.Equal(Expected(fact, "v_kt"), shear.V / Knot, 0.05);
    }

    [Fact]
    public void MetPys_method_built_from_our_functions_gives_the_CAPE_and_CIN_that_MetPy_asserts()
    {
        var fact = Fact("test_surface_based_cape_cin");

        var (cape, cin, _) = MetPyMethod.SurfaceBased(
            Values(fact, "p_hPa", 100.0), Values(fact, "t_C", 1.0, 273.15), Values(fact, "td_C", 1.0, 273.15), isVirtual: true);

        Assert.Equal(Expected(fact, "cape"), cape, 0.01);
        Assert.Equal(Expected(fact, "cin"), cin, 0.01);
    }

    [Fact]
    public void MetPys_method_built_from_our_functions_gives_the_LFC_that_MetPy_asserts()
    {
        var fact = Fact("test_lfc_basic");

        var (_, _, lfc) = MetPyMethod.SurfaceBased(
            Values(fact, "p_hPa", 100.0), Values(fact, "t_C", 1.0, 273.15), Values(fact, "td_C", 1.0, 273.15), isVirtual: false);

        Assert.Equal(Expected(fact, "p_hPa"), lfc / 100.0, 0.005);
    }

    // Six levels, one layer from 700 to 269 hPa: a chord against an integral. The limit of short steps is what we answer for.
    [Fact]
    public void Lift_differs_from_MetPys_six_level_profile_by_what_its_chords_leave_out()
    {
        var fact = Fact("test_surface_based_cape_cin");
        var profile = new ThermoProfile(
            Values(fact, "p_hPa", 100.0), Values(fact, "t_C", 1.0, 273.15), Values(fact, "td_C", 1.0, 273.15));
        var parcel = Parcels.SurfaceBased(profile);

        var ascent = ParcelLift.Lift(profile, parcel);
        var limit = ParcelLift.Lift(profile, parcel, 0.001);

        Assert.Equal(limit.Cape, ascent.Cape, 0.05);
        Assert.Equal(limit.Cin, ascent.Cin, 0.05);
        Assert.InRange(ascent.Cape - Expected(fact, "cape"), 100.0, 1500.0);
        Assert.InRange(ascent.Cin - Expected(fact, "cin"), 0.0, 20.0);
    }

    private static JsonElement Fact(string test) =>
        ReferenceCases.Read("reference", "metpy-test-facts.json").GetProperty("cases").EnumerateArray()
            .Single(fact => fact.GetProperty("test").GetString() == test);

    private static double Expected(JsonElement fact, string name) => fact.GetProperty("expected").GetProperty(name).GetDouble();

    private static double Kelvin(double celsius) => celsius + PhysicalConstants.ZeroCelsius;

    private static double[] Values(JsonElement fact, string name, double factor = 1.0, double offset = 0.0) =>
        [.. fact.GetProperty(name).EnumerateArray().Select(value => (value.GetDouble() * factor) + offset)];

    private static void AssertWind(JsonElement fact, string name, WindVector actual)
    {
        var expected = new WindVector(fact.GetProperty(name)[0].GetDouble(), fact.GetProperty(name)[1].GetDouble());
        Assert.True((actual - expected).Speed < 0.05, $"{name}: {actual} instead of {expected}");
    }
}
