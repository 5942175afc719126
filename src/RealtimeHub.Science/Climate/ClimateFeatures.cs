using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Climate;

/// <summary>What the climate model looks at: per cell one row of features, made from the surface, the terrain and the sun.</summary>
/// <remarks>
/// <para>
/// Features describe the analysis time t and the three hours after it. Gradients are centred differences over whole cells,
/// as many as come nearest to half a degree each way, one-sided at the edge of the grid; advection is −(u ∂/∂x + v ∂/∂y)
/// over three hours. "Near" values are means over the square of that reach, less the cell's own value. So a row depends on cells
/// up to <see cref="ReachDegrees"/> away, and rows must be made on the whole grid and cropped afterwards:
/// then a cell has the same features whatever box was asked for.
/// </para>
/// <para>Computed in double precision, stored as float32. A missing input gives NaN.</para>
/// </remarks>
public static class ClimateFeatures
{
    /// <summary>How far the neighbours lie that gradients use, in degrees, up to rounding to whole cells.</summary>
    public const double ReachDegrees = 0.5;

    /// <summary>The time from the analysis to what the trees predict: three hours, in seconds.</summary>
    public const long StepSeconds = 3 * 3600;

    private const double EarthRadiusM = 6_371_200;
    private const double DegreesToRadians = Math.PI / 180;

    private static readonly (string Name, string Unit)[] All =
    [
        ("t2m", "K"),
        ("td2m", "K"),
        ("u10", "m s-1"),
        ("v10", "m s-1"),
        ("r2m", "%"),
        ("sp", "Pa"),
        ("skin_excess", "K"),
        ("dewpoint_depression", "K"),
        ("wind_speed", "m s-1"),
        ("t2m_advection", "K"),
        ("td2m_advection", "K"),
        ("t2m_near", "K"),
        ("td2m_near", "K"),
        ("u10_near", "m s-1"),
        ("v10_near", "m s-1"),
        ("elevation", "m"),
        ("latitude", "degrees_north"),
        ("longitude", "degrees_east"),
        ("sun_now", "1"),
        ("sun_ahead", "1"),
        ("sunshine", "1"),
        ("solar_hour", "h"),
    ];

    /// <summary>Names of the features, in the order of a row; the predicted variables come first.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(All, feature => feature.Name);

    /// <summary>Units of the features, in the order of a row.</summary>
    public static IReadOnlyList<string> Units { get; } = Array.ConvertAll(All, feature => feature.Unit);

    /// <summary>How many features a row has.</summary>
    public static int Count => All.Length;

    /// <summary>The place in a row where the value of a predicted variable at the analysis time stands.</summary>
    public static int IndexOf(ClimateVariable variable) => (int)variable;

    /// <summary>Makes the rows of all cells, one after the other.</summary>
    /// <exception cref="ArgumentException">The fields do not fit the grid, or the grid is not regular.</exception>
    public static float[] Build(ClimateGrid grid, SurfaceFields fields)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(fields);
        grid.Check();
        fields.Check(grid);
        var rows = new float[grid.Cells * Count];
        var surroundings = new Surroundings(grid);
        Span<SolarGeometry.SolarPosition> sun = stackalloc SolarGeometry.SolarPosition[SolarGeometry.SunshineSteps + 1];
        SolarGeometry.FillPositions(fields.UnixSeconds, StepSeconds, sun);
        for (var cell = 0; cell < grid.Cells; cell++)
        {
            var row = rows.AsSpan(cell * Count, Count);
            FillSurface(row, fields, cell);
            FillSurroundings(row, fields, cell, surroundings);
            FillPlace(row, grid, cell, sun);
            if (row.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                row.Fill(float.NaN);
            }
        }

        return rows;
    }

    private static void FillSurface(Span<float> row, SurfaceFields fields, int cell)
    {
        row[0] = fields.T2mK[cell];
        row[1] = fields.Td2mK[cell];
        row[2] = fields.U10Ms[cell];
        row[3] = fields.V10Ms[cell];
        row[4] = fields.R2mPercent[cell];
        row[5] = fields.SpPa[cell];
        row[6] = (float)((double)fields.TskinK[cell] - fields.T2mK[cell]);
        row[7] = (float)((double)fields.T2mK[cell] - fields.Td2mK[cell]);
        row[8] = (float)Math.Sqrt(((double)row[2] * row[2]) + ((double)row[3] * row[3]));
    }

    private static void FillSurroundings(Span<float> row, SurfaceFields fields, int cell, Surroundings surroundings)
    {
        row[9] = (float)(-StepSeconds * surroundings.Along(fields.T2mK, cell, row[2], row[3]));
        row[10] = (float)(-StepSeconds * surroundings.Along(fields.Td2mK, cell, row[2], row[3]));
        row[11] = (float)surroundings.Excess(fields.T2mK, cell);
        row[12] = (float)surroundings.Excess(fields.Td2mK, cell);
        row[13] = (float)surroundings.Excess(fields.U10Ms, cell);
        row[14] = (float)surroundings.Excess(fields.V10Ms, cell);
    }

    private static void FillPlace(Span<float> row, ClimateGrid grid, int cell, ReadOnlySpan<SolarGeometry.SolarPosition> sun)
    {
        var latitude = grid.LatitudesDegrees[cell / grid.LongitudesDegrees.Length];
        var longitude = grid.LongitudesDegrees[cell % grid.LongitudesDegrees.Length];
        row[15] = grid.ElevationM[cell];
        row[16] = (float)latitude;
        row[17] = (float)longitude;
        row[18] = (float)SolarGeometry.CosZenith(sun[0], latitude, longitude);
        row[19] = (float)SolarGeometry.CosZenith(sun[^1], latitude, longitude);
        row[20] = (float)SolarGeometry.MeanSunshine(sun, latitude, longitude);
        row[21] = (float)SolarHour(sun[0], longitude);
    }

    /// <summary>True solar time, from 0 to 24 h, 12 at noon.</summary>
    private static double SolarHour(in SolarGeometry.SolarPosition sun, double longitude)
    {
        var hours = (sun.GreenwichHourAngle * 12 / Math.PI) + (longitude / 15) + 12;
        return hours - (24 * Math.Floor(hours / 24));
    }

    /// <summary>Gradients and means around the cells of one grid.</summary>
    private readonly struct Surroundings(ClimateGrid grid)
    {
        private readonly int _columns = grid.LongitudesDegrees.Length;
        private readonly int _rows = grid.LatitudesDegrees.Length;
        private readonly int _reachX = Reach(grid.LongitudesDegrees);
        private readonly int _reachY = Reach(grid.LatitudesDegrees);

        /// <summary>u ∂f/∂x + v ∂f/∂y, per second.</summary>
        public double Along(float[] field, int cell, float u, float v)
        {
            var (y, x) = (cell / _columns, cell % _columns);
            var (west, east) = (Math.Max(0, x - _reachX), Math.Min(_columns - 1, x + _reachX));
            var (first, last) = (Math.Max(0, y - _reachY), Math.Min(_rows - 1, y + _reachY));
            var metresPerDegree = EarthRadiusM * DegreesToRadians;
            var width = (grid.LongitudesDegrees[east] - grid.LongitudesDegrees[west]) * metresPerDegree
                * DeterministicMath.Cos(grid.LatitudesDegrees[y] * DegreesToRadians);
            var height = (grid.LatitudesDegrees[last] - grid.LatitudesDegrees[first]) * metresPerDegree;
            var alongX = ((double)field[(y * _columns) + east] - field[(y * _columns) + west]) / width;
            var alongY = ((double)field[(last * _columns) + x] - field[(first * _columns) + x]) / height;
            return (u * alongX) + (v * alongY);
        }

        /// <summary>The mean over the surroundings less the cell's own value.</summary>
        public double Excess(float[] field, int cell)
        {
            var (y, x) = (cell / _columns, cell % _columns);
            var (sum, count) = (0.0, 0);
            for (var row = Math.Max(0, y - _reachY); row <= Math.Min(_rows - 1, y + _reachY); row++)
            {
                for (var column = Math.Max(0, x - _reachX); column <= Math.Min(_columns - 1, x + _reachX); column++)
                {
                    sum += field[(row * _columns) + column];
                    count++;
                }
            }

            return (sum / count) - field[cell];
        }

        private static int Reach(double[] axis)
        {
            var step = Math.Abs(axis[^1] - axis[0]) / (axis.Length - 1);
            return Math.Max(1, (int)Math.Round(ReachDegrees / step));
        }
    }
}
