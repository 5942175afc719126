using System.Diagnostics.CodeAnalysis;

namespace RealtimeHub.Science.Numerics;

public static partial class DeterministicMath
{
    /// <summary>The sine of an angle in radians.</summary>
    /// <remarks>
    /// The angle is reduced to [−π/4, π/4] in double length (Cody and Waite), then a polynomial of degree 13. Error below
    /// 1 ulp (fdlibm k_sin). Infinity gives NaN.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The angle is finite and larger than <see cref="MaxAngle"/>.</exception>
    public static double Sin(double x)
    {
        var quadrant = ReduceAngle(x, out var high, out var low);
        var value = (quadrant & 1) == 0 ? SinKernel(high, low) : CosKernel(high, low);
        return (quadrant & 2) == 0 ? value : -value;
    }

    /// <summary>The cosine of an angle in radians.</summary>
    /// <remarks>Reduced as for <see cref="Sin"/>, then a polynomial of degree 14. Error below 1 ulp (fdlibm k_cos).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The angle is finite and larger than <see cref="MaxAngle"/>.</exception>
    public static double Cos(double x)
    {
        var quadrant = ReduceAngle(x, out var high, out var low);
        var value = (quadrant & 1) == 0 ? CosKernel(high, low) : SinKernel(high, low);
        return ((quadrant + 1) & 2) == 0 ? value : -value;
    }

    /// <summary>Sine and cosine of an angle in radians, bit for bit those of <see cref="Sin"/> and <see cref="Cos"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The angle is finite and larger than <see cref="MaxAngle"/>.</exception>
    public static (double Sin, double Cos) SinCos(double x)
    {
        var quadrant = ReduceAngle(x, out var high, out var low);
        var sin = SinKernel(high, low);
        var cos = CosKernel(high, low);
        return (quadrant & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <summary>The tangent of an angle in radians.</summary>
    /// <remarks>Reduced as for <see cref="Sin"/>, then a polynomial of degree 27. Error below 2 ulp (fdlibm k_tan).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The angle is finite and larger than <see cref="MaxAngle"/>.</exception>
    public static double Tan(double x)
    {
        var quadrant = ReduceAngle(x, out var high, out var low);
        return TanKernel(high, low, (quadrant & 1) == 0);
    }

    // x = n π/2 + high + low; returns n. Three steps of 33 bits of π/2 each, as many as the cancellation asks for.
    private static int ReduceAngle(double x, out double high, out double low)
    {
        const double TwoOverPi = 6.36619772367581382433e-01;
        const double HalfPi1 = 1.57079632673412561417e+00;
        const double HalfPi1Tail = 6.07710050650619224932e-11;
        const double HalfPi2 = 6.07710050630396597660e-11;
        const double HalfPi2Tail = 2.02226624879595063154e-21;
        const double HalfPi3 = 2.02226624871116645580e-21;
        const double HalfPi3Tail = 8.47842766036889956997e-32;
        low = 0.0;
        if (!(Math.Abs(x) > QuarterPiHigh))
        {
            high = x;
            return 0;
        }

        if (Math.Abs(x) > MaxAngle)
        {
            high = double.IsInfinity(x) ? double.NaN : ThrowAngleTooLarge(x);
            return 0;
        }

        var n = (x * TwoOverPi) + RoundingShift - RoundingShift;
        var exponent = HighWord(Math.Abs(x)) >> 20;
        var r = x - (n * HalfPi1);
        var w = n * HalfPi1Tail;
        high = r - w;
        if (exponent - ((HighWord(high) >> 20) & 0x7FF) > 16)
        {
            var t = r;
            w = n * HalfPi2;
            r = t - w;
            w = (n * HalfPi2Tail) - (t - r - w);
            high = r - w;
            if (exponent - ((HighWord(high) >> 20) & 0x7FF) > 49)
            {
                t = r;
                w = n * HalfPi3;
                r = t - w;
                w = (n * HalfPi3Tail) - (t - r - w);
                high = r - w;
            }
        }

        low = r - high - w;
        return (int)n;
    }

    private static double SinKernel(double x, double tail)
    {
        const double S1 = -1.66666666666666324348e-01;
        const double S2 = 8.33333333332248946124e-03;
        const double S3 = -1.98412698298579493134e-04;
        const double S4 = 2.75573137070700676789e-06;
        const double S5 = -2.50507602534068634195e-08;
        const double S6 = 1.58969099521155010221e-10;
        var z = x * x;
        var r = S2 + (z * (S3 + (z * S4))) + (z * (z * z) * (S5 + (z * S6)));
        var v = z * x;
        return x - ((z * ((0.5 * tail) - (v * r))) - tail - (v * S1));
    }

    private static double CosKernel(double x, double tail)
    {
        const double C1 = 4.16666666666666019037e-02;
        const double C2 = -1.38888888888741095749e-03;
        const double C3 = 2.48015872894767294178e-05;
        const double C4 = -2.75573143513906633035e-07;
        const double C5 = 2.08757232129817482790e-09;
        const double C6 = -1.13596475577881948265e-11;
        var z = x * x;
        var w = z * z;
        var r = (z * (C1 + (z * (C2 + (z * C3))))) + (w * w * (C4 + (z * (C5 + (z * C6)))));
        var half = 0.5 * z;
        w = 1.0 - half;
        return w + (1.0 - w - half + ((z * r) - (x * tail)));
    }

    // tan(x + tail), or -1 / tan(x + tail) in the odd quadrants.
    private static double TanKernel(double x, double tail, bool isEven)
    {
        // The odd polynomial does not keep the sign of zero, and below 2^-27 it adds nothing.
        if (isEven && Math.Abs(x) < PowerOfTwo(-27))
        {
            return x;
        }

        var isNegative = x < 0.0;
        var isLarge = Math.Abs(x) >= 0.674335;
        if (isLarge)
        {
            x = QuarterPiHigh - Math.Abs(x) + (QuarterPiLow - (isNegative ? -tail : tail));
            tail = 0.0;
        }

        var z = x * x;
        var s = z * x;
        var r = tail + (z * ((s * TanRemainder(z)) + tail));
        r += 3.33333333333334091986e-01 * s;
        var w = x + r;
        if (isLarge)
        {
            var sign = isEven ? 1.0 : -1.0;
            var value = sign - (2.0 * (x - ((w * w / (w + sign)) - r)));
            return isNegative ? -value : value;
        }

        if (isEven)
        {
            return w;
        }

        var wHigh = WithoutLowWord(w);
        var wLow = r - (wHigh - x);
        var inverse = -1.0 / w;
        var inverseHigh = WithoutLowWord(inverse);
        return inverseHigh + (inverse * (1.0 + (inverseHigh * wHigh) + (inverseHigh * wLow)));
    }

    private static double TanRemainder(double z)
    {
        const double T1 = 1.33333333333201242699e-01;
        const double T2 = 5.39682539762260521377e-02;
        const double T3 = 2.18694882948595424599e-02;
        const double T4 = 8.86323982359930005737e-03;
        const double T5 = 3.59207910759131235356e-03;
        const double T6 = 1.45620945432529025516e-03;
        const double T7 = 5.88041240820264096874e-04;
        const double T8 = 2.46463134818469906812e-04;
        const double T9 = 7.81794442939557092300e-05;
        const double T10 = 7.14072491382608190305e-05;
        const double T11 = -1.85586374855275456654e-05;
        const double T12 = 2.59073051863633712884e-05;
        var w = z * z;
        var even = T1 + (w * (T3 + (w * (T5 + (w * (T7 + (w * (T9 + (w * T11)))))))));
        var odd = z * (T2 + (w * (T4 + (w * (T6 + (w * (T8 + (w * (T10 + (w * T12))))))))));
        return even + odd;
    }

    [DoesNotReturn]
    private static double ThrowAngleTooLarge(double x) =>
        throw new ArgumentOutOfRangeException(nameof(x), x, $"An angle must not exceed {MaxAngle} radians.");
}
