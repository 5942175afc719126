using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RealtimeHub.Science.Simulation.Features;

/// <summary>The statistics of one field, in the field's own unit.</summary>
/// <remarks>Sums run in double precision in sixteen virtual lanes per row, which are added up in a fixed order, then row by row.</remarks>
public sealed record FieldStatistics
{
    private const int Lanes = 16;

    /// <summary>The mean.</summary>
    public required double Mean { get; init; }

    /// <summary>The standard deviation of all cells.</summary>
    public required double Deviation { get; init; }

    /// <summary>The smallest value.</summary>
    public required double Min { get; init; }

    /// <summary>The largest value.</summary>
    public required double Max { get; init; }

    /// <summary>The third standardised moment; 0 for a uniform field.</summary>
    public required double Skewness { get; init; }

    /// <summary>The fourth standardised moment less 3; 0 for a uniform field.</summary>
    public required double Kurtosis { get; init; }

    /// <summary>The sum of squares.</summary>
    public required double Energy { get; init; }

    /// <summary>The mean of the squared gradient, by central differences over the edges as the field has them, per cell.</summary>
    public required double SpatialVariance { get; init; }

    /// <summary>How many cells are above the threshold.</summary>
    public required int ActiveCells { get; init; }

    /// <summary>Their share.</summary>
    public required double ActiveRatio { get; init; }

    /// <summary>The box-counting dimension of the active cells by the rule of <see cref="BoxCounting.TwoPoint"/>.</summary>
    public required double FractalDimension { get; init; }

    /// <summary>Measures a field.</summary>
    /// <param name="grid">The fields.</param>
    /// <param name="field">Which of them.</param>
    /// <param name="activeAbove">A cell above this is active.</param>
    public static FieldStatistics Of(FieldGrid grid, int field, double activeAbove)
    {
        var shift = grid.Row(field, 0)[0];
        var total = new Sums(shift);
        for (var row = 0; row < grid.Size; row++)
        {
            var up = grid.Cells.AsSpan(grid.Offset(grid.Resolve(row - 1)) + (field * grid.Plane), grid.Size);
            var down = grid.Cells.AsSpan(grid.Offset(grid.Resolve(row + 1)) + (field * grid.Plane), grid.Size);
            var here = grid.Cells.AsSpan(grid.Offset(row) + (field * grid.Plane) - 1, grid.Size + 2);
            total.Add(here, up, down);
        }

        var mask = ActivityMask.Of(grid, field, (float)activeAbove);
        return total.ToStatistics((long)grid.Size * grid.Size, shift, mask);
    }

    internal static bool IsFinite(ReadOnlySpan<float> cells)
    {
        // x - x is 0 for a finite number and NaN for any other.
        var sum = Vector512<float>.Zero;
        var at = 0;
        for (; at <= cells.Length - Lanes; at += Lanes)
        {
            var x = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(cells), (nuint)at);
            sum += x - x;
        }

        var rest = 0f;
        for (; at < cells.Length; at++)
        {
            rest += cells[at] - cells[at];
        }

        return Vector512.Sum(sum) + rest == 0f;
    }

    private sealed class Sums(float shift)
    {
        private double _first;
        private double _second;
        private double _third;
        private double _fourth;
        private double _gradient;
        private float _min = float.PositiveInfinity;
        private float _max = float.NegativeInfinity;

        /// <summary>Adds a row, which is given with one cell more at both ends.</summary>
        public void Add(ReadOnlySpan<float> here, ReadOnlySpan<float> up, ReadOnlySpan<float> down)
        {
            var lanes = new RowSums(shift);
            var width = up.Length;
            var at = 0;
            for (; at <= width - Lanes; at += Lanes)
            {
                var x = Vector512.Create(here.Slice(at + 1, Lanes));
                var across = Vector512.Create(here.Slice(at + 2, Lanes)) - Vector512.Create(here.Slice(at, Lanes));
                var along = Vector512.Create(down.Slice(at, Lanes)) - Vector512.Create(up.Slice(at, Lanes));
                lanes.Add(x, across, along);
            }

            if (at < width)
            {
                // What fills up the last lanes adds nothing: the shift itself, without a gradient.
                Span<float> last = stackalloc float[3 * Lanes];
                last[..Lanes].Fill(shift);
                last[Lanes..].Clear();
                for (var i = 0; at + i < width; i++)
                {
                    last[i] = here[at + i + 1];
                    last[Lanes + i] = here[at + i + 2] - here[at + i];
                    last[(2 * Lanes) + i] = down[at + i] - up[at + i];
                }

                lanes.Add(Vector512.Create(last[..Lanes]), Vector512.Create(last[Lanes..(2 * Lanes)]), Vector512.Create(last[(2 * Lanes)..]));
            }

            _first += lanes.First;
            _second += lanes.Second;
            _third += lanes.Third;
            _fourth += lanes.Fourth;
            _gradient += lanes.Gradient;
            _min = Math.Min(_min, lanes.Min);
            _max = Math.Max(_max, lanes.Max);
        }

        public FieldStatistics ToStatistics(long count, double origin, ActivityMask mask)
        {
            var (m1, m2, m3, m4) = (_first / count, _second / count, _third / count, _fourth / count);
            var variance = Math.Max(0.0, m2 - (m1 * m1));
            var third = m3 - (3.0 * m1 * m2) + (2.0 * m1 * m1 * m1);
            var fourth = m4 - (4.0 * m1 * m3) + (6.0 * m1 * m1 * m2) - (3.0 * m1 * m1 * m1 * m1);
            var deviation = Math.Sqrt(variance);
            return new FieldStatistics
            {
                Mean = origin + m1,
                Deviation = deviation,
                Min = _min,
                Max = _max,
                Skewness = variance > 0.0 ? third / (variance * deviation) : 0.0,
                Kurtosis = variance > 0.0 ? (fourth / (variance * variance)) - 3.0 : 0.0,
                Energy = _second + (2.0 * origin * _first) + (count * origin * origin),
                SpatialVariance = _gradient / (4.0 * count),
                ActiveCells = mask.Count,
                ActiveRatio = mask.Count / (double)count,
                FractalDimension = BoxCounting.TwoPoint(mask),
            };
        }
    }

    // The moments of one row about the shift, each in two times eight lanes.
    private ref struct RowSums(float shift)
    {
        private readonly Vector512<double> _shift = Vector512.Create((double)shift);
        private Vector512<double> _firstLow, _firstHigh, _secondLow, _secondHigh, _thirdLow, _thirdHigh, _fourthLow, _fourthHigh, _gradientLow, _gradientHigh;
        private Vector512<float> _min = Vector512.Create(float.PositiveInfinity);
        private Vector512<float> _max = Vector512.Create(float.NegativeInfinity);

        public readonly double First => Total(_firstLow, _firstHigh);

        public readonly double Second => Total(_secondLow, _secondHigh);

        public readonly double Third => Total(_thirdLow, _thirdHigh);

        public readonly double Fourth => Total(_fourthLow, _fourthHigh);

        public readonly double Gradient => Total(_gradientLow, _gradientHigh);

        public readonly float Min => Least(_min, 1f);

        public readonly float Max => -Least(_max, -1f);

        public void Add(Vector512<float> x, Vector512<float> across, Vector512<float> along)
        {
            _min = Vector512.ConditionalSelect(Vector512.LessThan(x, _min), x, _min);
            _max = Vector512.ConditionalSelect(Vector512.GreaterThan(x, _max), x, _max);
            Moments(Vector512.WidenLower(x), ref _firstLow, ref _secondLow, ref _thirdLow, ref _fourthLow);
            Moments(Vector512.WidenUpper(x), ref _firstHigh, ref _secondHigh, ref _thirdHigh, ref _fourthHigh);
            var (dx, dy) = (Vector512.WidenLower(across), Vector512.WidenLower(along));
            _gradientLow += (dx * dx) + (dy * dy);
            (dx, dy) = (Vector512.WidenUpper(across), Vector512.WidenUpper(along));
            _gradientHigh += (dx * dx) + (dy * dy);
        }

        private readonly void Moments(
            Vector512<double> x, ref Vector512<double> first, ref Vector512<double> second, ref Vector512<double> third, ref Vector512<double> fourth)
        {
            var d = x - _shift;
            var square = d * d;
            first += d;
            second += square;
            third += square * d;
            fourth += square * square;
        }

        private static double Total(Vector512<double> low, Vector512<double> high)
        {
            var sum = 0.0;
            for (var lane = 0; lane < Vector512<double>.Count; lane++)
            {
                sum += low[lane];
            }

            for (var lane = 0; lane < Vector512<double>.Count; lane++)
            {
                sum += high[lane];
            }

            return sum;
        }

        private static float Least(Vector512<float> lanes, float sign)
        {
            var least = float.PositiveInfinity;
            for (var lane = 0; lane < Lanes; lane++)
            {
                least = Math.Min(least, sign * lanes[lane]);
            }

            return least;
        }
    }
}
