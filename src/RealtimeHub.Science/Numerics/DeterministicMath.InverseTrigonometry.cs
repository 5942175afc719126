namespace RealtimeHub.Science.Numerics;

public static partial class DeterministicMath
{
    /// <summary>The angle in [−π/2, π/2] whose sine is <paramref name="x"/>; NaN outside [−1, 1].</summary>
    /// <remarks>
    /// A rational function of x² up to one half; beyond, π/2 − 2 asin √((1 − |x|) / 2). Error below 1 ulp (fdlibm e_asin).
    /// </remarks>
    public static double Asin(double x)
    {
        var ax = Math.Abs(x);
        if (!(ax < 1.0))
        {
            return ax == 1.0 ? (x * HalfPiHigh) + (x * HalfPiLow) : double.NaN;
        }

        if (ax < 0.5)
        {
            return ax < PowerOfTwo(-26) ? x : x + (x * AsinRatio(x * x));
        }

        var z = (1.0 - ax) * 0.5;
        var ratio = AsinRatio(z);
        var s = Math.Sqrt(z);
        double value;
        if (ax >= 0.975)
        {
            value = HalfPiHigh - ((2.0 * (s + (s * ratio))) - HalfPiLow);
        }
        else
        {
            var high = WithoutLowWord(s);
            var low = (z - (high * high)) / (s + high);
            var p = (2.0 * s * ratio) - (HalfPiLow - (2.0 * low));
            var q = QuarterPiHigh - (2.0 * high);
            value = QuarterPiHigh - (p - q);
        }

        return x > 0.0 ? value : -value;
    }

    /// <summary>The angle in [0, π] whose cosine is <paramref name="x"/>; NaN outside [−1, 1].</summary>
    /// <remarks>From the same rational function as <see cref="Asin"/>. Error below 1 ulp (fdlibm e_acos).</remarks>
    public static double Acos(double x)
    {
        var ax = Math.Abs(x);
        if (!(ax < 1.0))
        {
            return ax == 1.0 ? (x > 0.0 ? 0.0 : Math.PI) : double.NaN;
        }

        if (ax < 0.5)
        {
            return HalfPiHigh - (x - (HalfPiLow - (x * AsinRatio(x * x))));
        }

        var z = (1.0 - ax) * 0.5;
        var s = Math.Sqrt(z);
        var ratio = AsinRatio(z);
        if (x < 0.0)
        {
            return Math.PI - (2.0 * (s + ((ratio * s) - HalfPiLow)));
        }

        var high = WithoutLowWord(s);
        var low = (z - (high * high)) / (s + high);
        return 2.0 * (high + ((ratio * s) + low));
    }

    /// <summary>The angle in [−π/2, π/2] whose tangent is <paramref name="x"/>.</summary>
    /// <remarks>
    /// Reduced by atan x = atan c + atan((x − c) / (1 + c x)) with c one of 0, ½, 1, 3/2 and infinity, then a polynomial of
    /// degree 23. Error below 1 ulp (fdlibm s_atan).
    /// </remarks>
    public static double Atan(double x)
    {
        var ax = Math.Abs(x);
        if (!(ax >= 0.4375))
        {
            return ax < PowerOfTwo(-27) ? x : x - (x * AtanRemainder(x * x));
        }

        var value = ax switch
        {
            < 0.6875 => AtanFrom(((2.0 * ax) - 1.0) / (2.0 + ax), 4.63647609000806093515e-01, 2.26987774529616870924e-17),
            < 1.1875 => AtanFrom((ax - 1.0) / (ax + 1.0), QuarterPiHigh, QuarterPiLow),
            < 2.4375 => AtanFrom((ax - 1.5) / (1.0 + (1.5 * ax)), 9.82793723247329054082e-01, 1.39033110312309984516e-17),
            _ => AtanFrom(-1.0 / ax, HalfPiHigh, HalfPiLow),
        };
        return x < 0.0 ? -value : value;
    }

    /// <summary>The angle in [−π, π] from the positive x axis to the point (x, y).</summary>
    /// <remarks>
    /// Signed zeros choose the side of the cut along the negative x axis. Error below 2 ulp (fdlibm e_atan2).
    /// </remarks>
    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        var magnitude = Atan2Magnitude(Math.Abs(y), Math.Abs(x), double.IsNegative(x));
        return double.IsNegative(y) ? -magnitude : magnitude;
    }

    private static double Atan2Magnitude(double y, double x, bool isWest)
    {
        const double PiLow = 1.2246467991473531772e-16;
        if (y == 0.0)
        {
            return isWest ? Math.PI : 0.0;
        }

        if (x == 0.0)
        {
            return HalfPiHigh;
        }

        if (double.IsInfinity(x) && double.IsInfinity(y))
        {
            return isWest ? 3.0 * QuarterPiHigh : QuarterPiHigh;
        }

        // Far from the diagonal the quotient could overflow, or lose all meaning beside π.
        var exponent = (HighWord(y) >> 20) - (HighWord(x) >> 20);
        if (exponent > 60)
        {
            return HalfPiHigh;
        }

        var angle = isWest && exponent < -60 ? 0.0 : Atan(y / x);
        return isWest ? Math.PI - (angle - PiLow) : angle;
    }

    private static double AtanFrom(double t, double high, double low) => high - ((t * AtanRemainder(t * t)) - low - t);

    // (asin(x) - x) / x, z = x².
    private static double AsinRatio(double z)
    {
        const double P0 = 1.66666666666666657415e-01;
        const double P1 = -3.25565818622400915405e-01;
        const double P2 = 2.01212532134862925881e-01;
        const double P3 = -4.00555345006794114027e-02;
        const double P4 = 7.91534994289814532176e-04;
        const double P5 = 3.47933107596021167570e-05;
        const double Q1 = -2.40339491173441421878e+00;
        const double Q2 = 2.02094576023350569471e+00;
        const double Q3 = -6.88283971605453293030e-01;
        const double Q4 = 7.70381505559019352791e-02;
        var p = z * (P0 + (z * (P1 + (z * (P2 + (z * (P3 + (z * (P4 + (z * P5))))))))));
        var q = 1.0 + (z * (Q1 + (z * (Q2 + (z * (Q3 + (z * Q4)))))));
        return p / q;
    }

    // (x - atan(x)) / x, z = x².
    private static double AtanRemainder(double z)
    {
        const double A0 = 3.33333333333329318027e-01;
        const double A1 = -1.99999999998764832476e-01;
        const double A2 = 1.42857142725034663711e-01;
        const double A3 = -1.11111104054623557880e-01;
        const double A4 = 9.09088713343650656196e-02;
        const double A5 = -7.69187620504482999495e-02;
        const double A6 = 6.66107313738753120669e-02;
        const double A7 = -5.83357013379057348645e-02;
        const double A8 = 4.97687799461593236017e-02;
        const double A9 = -3.65315727442169155270e-02;
        const double A10 = 1.62858201153657823623e-02;
        var w = z * z;
        var even = z * (A0 + (w * (A2 + (w * (A4 + (w * (A6 + (w * (A8 + (w * A10))))))))));
        var odd = w * (A1 + (w * (A3 + (w * (A5 + (w * (A7 + (w * A9))))))));
        return even + odd;
    }
}
