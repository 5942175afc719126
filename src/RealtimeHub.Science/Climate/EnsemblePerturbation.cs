using RealtimeHub.Science.Drivers;
using RealtimeHub.Science.Randomness;

namespace RealtimeHub.Science.Climate;

/// <summary>Ensemble members: the analysis with smooth, seeded noise, from which the model then predicts.</summary>
/// <remarks>
/// <para>
/// Each of temperature, dewpoint and both winds gets a random field: normal numbers at the nodes of a lattice of
/// <see cref="LatticeDegrees"/> on the globe, bilinear between them. A node's number hangs on seed, member, variable and node
/// alone, so a place gets the same noise whatever grid or box it is looked at in. Normal numbers are sums of twelve uniform ones
/// less six (Irwin–Hall), made from integers: the same bits on every machine.
/// </para>
/// <para>
/// The deviations are of the order of what the sources round away (whole kelvin and metres per second); they are no
/// estimate of the analysis error. Dewpoints are kept at or below temperatures, and relative humidity follows.
/// </para>
/// </remarks>
public static class EnsemblePerturbation
{
    /// <summary>The distance of the lattice's nodes.</summary>
    public const double LatticeDegrees = 2.0;

    /// <summary>Standard deviation of the noise of temperature and dewpoint at the nodes.</summary>
    public const double TemperatureDeviationK = 0.5;

    /// <summary>Standard deviation of the noise of each wind component at the nodes.</summary>
    public const double WindDeviationMs = 0.5;

    /// <summary>The greatest number of a member.</summary>
    public const int MaxMember = 50;

    private const int NodesPerCircle = 180;

    /// <summary>The analysis of a member; member 0 is the analysis itself.</summary>
    /// <exception cref="ArgumentException">The fields do not fit the grid, or there is no such member.</exception>
    public static SurfaceFields Apply(ClimateGrid grid, SurfaceFields analysis, ulong seed, int member)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentOutOfRangeException.ThrowIfNegative(member);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(member, MaxMember);
        grid.Check();
        analysis.Check(grid);
        if (member == 0)
        {
            return analysis;
        }

        var own = SplitMix64.Split(seed, (ulong)member);
        var t2m = Add(grid, analysis.T2mK, SplitMix64.Split(own, 0), TemperatureDeviationK);
        var td2m = Add(grid, analysis.Td2mK, SplitMix64.Split(own, 1), TemperatureDeviationK);
        var r2m = new float[grid.Cells];
        for (var cell = 0; cell < grid.Cells; cell++)
        {
            td2m[cell] = Math.Min(td2m[cell], t2m[cell]);
            r2m[cell] = (float)(100.0 * Moisture.SaturationVapourPressure(td2m[cell]) / Moisture.SaturationVapourPressure(t2m[cell]));
        }

        return analysis with
        {
            T2mK = t2m,
            Td2mK = td2m,
            R2mPercent = r2m,
            U10Ms = Add(grid, analysis.U10Ms, SplitMix64.Split(own, 2), WindDeviationMs),
            V10Ms = Add(grid, analysis.V10Ms, SplitMix64.Split(own, 3), WindDeviationMs),
        };
    }

    private static float[] Add(ClimateGrid grid, float[] field, ulong seed, double deviation)
    {
        var perturbed = new float[field.Length];
        var columns = grid.LongitudesDegrees.Length;
        for (var cell = 0; cell < perturbed.Length; cell++)
        {
            var noise = NoiseAt(grid.LatitudesDegrees[cell / columns], grid.LongitudesDegrees[cell % columns], seed);
            perturbed[cell] = (float)(field[cell] + (deviation * noise));
        }

        return perturbed;
    }

    private static double NoiseAt(double latitude, double longitude, ulong seed)
    {
        var y = (latitude + 90.0) / LatticeDegrees;
        var x = (longitude + 180.0) / LatticeDegrees;
        var (row, column) = (Math.Floor(y), Math.Floor(x));
        var (up, right) = (y - row, x - column);
        var (south, west) = ((long)row, (long)column);
        return ((1 - up) * (((1 - right) * NodeAt(south, west, seed)) + (right * NodeAt(south, west + 1, seed))))
            + (up * (((1 - right) * NodeAt(south + 1, west, seed)) + (right * NodeAt(south + 1, west + 1, seed))));
    }

    private static double NodeAt(long row, long column, ulong seed)
    {
        var node = SplitMix64.Split(seed, (ulong)((row * NodesPerCircle) + (((column % NodesPerCircle) + NodesPerCircle) % NodesPerCircle)));
        var sum = 0.0;
        for (var i = 0UL; i < 12; i++)
        {
            sum += SplitMix64.UnitAt(node, i);
        }

        return sum - 6.0;
    }
}
