using System.Globalization;
using RealtimeHub.Science.Climate;

namespace RealtimeHub.Tests.Science.Climate;

public sealed class SolarGeometryTests
{
    /// <summary>
    /// The example of Reda and Andreas (2004, NREL/TP-560-34302, table A5): 2003-10-17 12:30:30 at UTC−7, 39.742476 N 105.1786 W, where
    /// the sun stands 39.872046° high without refraction. Spencer's series are good to some hundredths of a degree.
    /// </summary>
    [Fact]
    public void CosZenith_agrees_with_the_published_example()
    {
        var actual = SolarGeometry.CosZenith(Seconds("2003-10-17T19:30:30Z"), 39.742476, -105.1786);

        Assert.Equal(Math.Sin(39.872046 * Math.PI / 180), actual, 0.0015);
    }

    /// <summary>On 21 June the sun stands over 23.44 N, and crosses Greenwich 1 min 45 s after noon.</summary>
    [Fact]
    public void CosZenith_is_one_under_the_sun_at_the_solstice()
    {
        Assert.Equal(1, SolarGeometry.CosZenith(Seconds("2005-06-21T12:01:45Z"), 23.44, 0), 1e-4);
    }

    [Fact]
    public void CosZenith_at_the_poles_is_near_zero_at_the_equinox_and_opposite()
    {
        var north = SolarGeometry.CosZenith(Seconds("2005-03-20T12:33:00Z"), 90, 0);

        Assert.Equal(0, north, 0.01);
        Assert.Equal(-north, SolarGeometry.CosZenith(Seconds("2005-03-20T12:33:00Z"), -90, 0), 1e-12);
    }

    [Fact]
    public void MeanSunshine_is_zero_at_night_and_lies_between_the_ends_of_a_morning()
    {
        var morning = SolarGeometry.MeanSunshine(Seconds("2005-08-07T14:00:00Z"), 10_800, 38, -98);

        Assert.Equal(0, SolarGeometry.MeanSunshine(Seconds("2005-08-07T04:00:00Z"), 10_800, 38, -98));
        Assert.InRange(
            morning,
            SolarGeometry.CosZenith(Seconds("2005-08-07T14:00:00Z"), 38, -98),
            SolarGeometry.CosZenith(Seconds("2005-08-07T17:00:00Z"), 38, -98));
    }

    private static long Seconds(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeSeconds();
}
