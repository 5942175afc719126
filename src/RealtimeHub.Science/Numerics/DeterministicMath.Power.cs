namespace RealtimeHub.Science.Numerics;

public static partial class DeterministicMath
{
    private const double OneAndHalfLog2High = 5.84962487220764160156e-01;
    private const double OneAndHalfLog2Low = 1.35003920212974897128e-08;

    /// <summary><paramref name="x"/> raised to <paramref name="y"/>.</summary>
    /// <remarks>
    /// log2 |x| is formed in two pieces, multiplied by y in simulated double length, and 2 raised to the result. Error below
    /// 0.7 ulp; exact where x and y are integers and the result is representable. A negative x with a y that is not an
    /// integer gives NaN; anything to the power 0, and 1 to any power, is 1 (fdlibm e_pow; special cases of IEEE 754-2008).
    /// </remarks>
    public static double Pow(double x, double y)
    {
        if (y == 0.0 || x == 1.0)
        {
            return 1.0;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        var ax = Math.Abs(x);
        if (double.IsInfinity(y))
        {
            return ax == 1.0 ? 1.0 : ax > 1.0 == y > 0.0 ? double.PositiveInfinity : 0.0;
        }

        var isNegative = double.IsNegative(x);
        var isOdd = isNegative && IsOddInteger(y);
        if (ax == 0.0 || ax == 1.0 || double.IsInfinity(ax))
        {
            var isNaN = x == -1.0 && Math.Truncate(y) != y;
            var power = isNaN ? double.NaN : y < 0.0 ? 1.0 / ax : ax;
            return isOdd ? -power : power;
        }

        if (isNegative && Math.Truncate(y) != y)
        {
            return double.NaN;
        }

        return y switch
        {
            1.0 => x,
            2.0 => x * x,
            -1.0 => 1.0 / x,
            0.5 => Math.Sqrt(x),
            _ => isOdd ? -PowPositive(ax, y) : PowPositive(ax, y),
        };
    }

    // From 2^53 on every double is an even integer.
    private static bool IsOddInteger(double y) =>
        Math.Abs(y) < 9007199254740992.0 && Math.Truncate(y) == y && ((long)y & 1) != 0;

    private static double PowPositive(double x, double y)
    {
        double high, low;
        if (Math.Abs(y) > 2147483648.0)
        {
            if (Math.Abs(x - 1.0) > PowerOfTwo(-20))
            {
                return x > 1.0 == y > 0.0 ? double.PositiveInfinity : 0.0;
            }

            (high, low) = Log2NearOne(x);
        }
        else
        {
            (high, low) = Log2(x);
        }

        var y1 = WithoutLowWord(y);
        return Exp2(y1 * high, ((y - y1) * high) + (y * low));
    }

    // log2(x) for |x - 1| <= 2^-20 by four terms of the series; the first piece has its low word clear.
    private static (double High, double Low) Log2NearOne(double x)
    {
        const double InverseLn2High = 1.44269502162933349609e+00;
        const double InverseLn2Low = 1.92596299112661746887e-08;
        var t = x - 1.0;
        var w = t * t * (0.5 - (t * (0.3333333333333333333333 - (t * 0.25))));
        var u = InverseLn2High * t;
        var v = (t * InverseLn2Low) - (w * InverseLn2);
        var high = WithoutLowWord(u + v);
        return (high, v - (high - u));
    }

    // log2(x) in two pieces for positive finite x: x = 2^n m, m near 1 or 3/2, log(m / c) from s = (m - c) / (m + c).
    private static (double High, double Low) Log2(double x)
    {
        const double Scale = 9.61796693925975554329e-01;
        const double ScaleHigh = 9.61796700954437255859e-01;
        const double ScaleLow = -7.02846165095275826516e-09;
        var n = 0;
        if (x < MinNormal)
        {
            x *= PowerOfTwo(53);
            n = -53;
        }

        var word = HighWord(x);
        n += (word >> 20) - 1023;
        var fraction = word & 0xFFFFF;
        var isUpper = fraction is > 0x3988E and < 0xBB67A;
        word = fraction | 0x3FF00000;
        if (fraction >= 0xBB67A)
        {
            n++;
            word -= 0x00100000;
        }

        var m = WithHighWord(x, word);
        var centre = isUpper ? 1.5 : 1.0;
        var u = m - centre;
        var v = 1.0 / (m + centre);
        var s = u * v;
        var sHigh = WithoutLowWord(s);
        var sumHigh = FromHighWord(((word >> 1) | 0x20000000) + 0x00080000 + (isUpper ? 1 << 18 : 0));
        var sumLow = m - (sumHigh - centre);
        var sLow = v * (u - (sHigh * sumHigh) - (sHigh * sumLow));

        var r = Log2Remainder(s * s) + (sLow * (sHigh + s));
        var square = sHigh * sHigh;
        var tHigh = WithoutLowWord(3.0 + square + r);
        var tLow = r - (tHigh - 3.0 - square);
        var pu = sHigh * tHigh;
        var pv = (sLow * tHigh) + (tLow * s);
        var pHigh = WithoutLowWord(pu + pv);
        var pLow = pv - (pHigh - pu);

        var zHigh = ScaleHigh * pHigh;
        var zLow = (ScaleLow * pHigh) + (pLow * Scale) + (isUpper ? OneAndHalfLog2Low : 0.0);
        var centreLog = isUpper ? OneAndHalfLog2High : 0.0;
        var high = WithoutLowWord(zHigh + zLow + centreLog + n);
        return (high, zLow - (high - n - centreLog - zHigh));
    }

    // 3/2 (log((1 + s) / (1 - s)) / s - 2) - s², z = s².
    private static double Log2Remainder(double z)
    {
        const double L1 = 5.99999999999994648725e-01;
        const double L2 = 4.28571428578550184252e-01;
        const double L3 = 3.33333329818377432918e-01;
        const double L4 = 2.72728123808534006489e-01;
        const double L5 = 2.30660745775561754067e-01;
        const double L6 = 2.06975017800338417784e-01;
        return z * z * (L1 + (z * (L2 + (z * (L3 + (z * (L4 + (z * (L5 + (z * L6))))))))));
    }

    // 2^(high + low).
    private static double Exp2(double high, double low)
    {
        const double Ln2 = 6.93147180559945286227e-01;
        const double Ln2Upper = 6.93147182464599609375e-01;
        const double Ln2Lower = -1.90465429995776804525e-09;
        const double OverflowTail = 8.0085662595372944372e-17;
        var z = low + high;
        if (z >= 1024.0 && (z > 1024.0 || low + OverflowTail > z - high))
        {
            return double.PositiveInfinity;
        }

        if (z <= -1075.0 && (z < -1075.0 || low <= z - high))
        {
            return 0.0;
        }

        var n = z + RoundingShift - RoundingShift;
        high -= n;
        var t = WithoutLowWord(low + high);
        var u = t * Ln2Upper;
        var v = ((low - (t - high)) * Ln2) + (t * Ln2Lower);
        z = u + v;
        var w = v - (z - u);
        var c = z - ExpRemainder(z * z);
        var r = (z * c / (c - 2.0)) - (w + (z * w));
        return Scale(1.0 - (r - z), (int)n);
    }
}
