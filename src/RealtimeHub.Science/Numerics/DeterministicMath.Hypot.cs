namespace RealtimeHub.Science.Numerics;

public static partial class DeterministicMath
{
    /// <summary>√(x² + y²) without intermediate overflow or underflow.</summary>
    /// <remarks>
    /// Both squares are formed exactly as a sum of two doubles (T. J. Dekker, 1971, with Veltkamp's splitting) before they are
    /// added. Error below 1 ulp. Infinite if either argument is infinite, even beside NaN.
    /// </remarks>
    public static double Hypot(double x, double y)
    {
        x = Math.Abs(x);
        y = Math.Abs(y);
        if (double.IsInfinity(x) || double.IsInfinity(y))
        {
            return double.PositiveInfinity;
        }

        if (x < y)
        {
            (x, y) = (y, x);
        }

        // Where y is below half an ulp of x, the sum is the answer, rounded; NaN takes this way too.
        if (!(x - y < x) || !(y > 0.0))
        {
            return x + y;
        }

        var scale = 1.0;
        if (x > PowerOfTwo(510))
        {
            scale = PowerOfTwo(700);
        }
        else if (y < PowerOfTwo(-450))
        {
            scale = PowerOfTwo(-700);
        }

        x /= scale;
        y /= scale;
        var (xHigh, xLow) = Square(x);
        var (yHigh, yLow) = Square(y);
        return scale * Math.Sqrt(yLow + xLow + yHigh + xHigh);
    }

    private static (double High, double Low) Square(double x)
    {
        var split = x * 134217729.0;
        var upper = x - split + split;
        var lower = x - upper;
        var high = x * x;
        return (high, (upper * upper) - high + (2.0 * upper * lower) + (lower * lower));
    }
}
