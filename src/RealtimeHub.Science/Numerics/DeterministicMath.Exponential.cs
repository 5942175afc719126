namespace RealtimeHub.Science.Numerics;

public static partial class DeterministicMath
{
    private const double ExpOverflow = 7.09782712893383973096e+02;
    private const double ExpUnderflow = -7.45133219101941108420e+02;
    private const double InverseLn2 = 1.44269504088896338700e+00;

    /// <summary>e raised to <paramref name="x"/>.</summary>
    /// <remarks>
    /// x = k ln 2 + r with |r| ≤ ½ ln 2; e^r is a rational form of a polynomial in r²; then scaled by 2^k. Overflows to
    /// infinity above 709.78 and underflows to zero below −745.13. Error below 1 ulp (fdlibm e_exp).
    /// </remarks>
    public static double Exp(double x)
    {
        if (!(x <= ExpOverflow))
        {
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        }

        if (x < ExpUnderflow)
        {
            return 0.0;
        }

        // The general path is one ulp low here, and 1 is too frequent an argument for that.
        if (x == 1.0)
        {
            return Math.E;
        }

        var k = (int)((x * InverseLn2) + RoundingShift - RoundingShift);
        var high = x - (k * Ln2High);
        var low = k * Ln2Low;
        var r = high - low;
        var c = r - ExpRemainder(r * r);
        var y = 1.0 - (low - (r * c / (2.0 - c)) - high);
        return Scale(y, k);
    }

    /// <summary>The natural logarithm of <paramref name="x"/>.</summary>
    /// <remarks>
    /// x = 2^k (1 + f) with √½ &lt; 1 + f &lt; √2; log(1 + f) is a polynomial in s = f / (2 + f). Negative arguments give NaN,
    /// zero gives negative infinity. Error below 1 ulp (fdlibm e_log).
    /// </remarks>
    public static double Log(double x)
    {
        if (!(x > 0.0))
        {
            return x == 0.0 ? double.NegativeInfinity : double.NaN;
        }

        if (double.IsPositiveInfinity(x))
        {
            return x;
        }

        var k = 0;
        if (x < MinNormal)
        {
            k = -54;
            x *= PowerOfTwo(54);
        }

        var high = HighWord(x);
        var fraction = high & 0xFFFFF;
        var carry = (fraction + 0x95F64) & 0x100000;
        k += (high >> 20) - 1023 + (carry >> 20);
        var f = WithHighWord(x, fraction | (carry ^ 0x3FF00000)) - 1.0;
        var halfSquare = 0.5 * f * f;
        var s = f / (2.0 + f);
        var correction = s * (halfSquare + LogRemainder(s * s));
        return (k * Ln2High) - (halfSquare - (correction + (k * Ln2Low)) - f);
    }

    // R1 = r - ExpRemainder(r²) with e^r = 1 + r + r R1 / (2 - R1); error of the polynomial below 2^-59.
    private static double ExpRemainder(double z)
    {
        const double P1 = 1.66666666666666019037e-01;
        const double P2 = -2.77777777770155933842e-03;
        const double P3 = 6.61375632143793436117e-05;
        const double P4 = -1.65339022054652515390e-06;
        const double P5 = 4.13813679705723846039e-08;
        return z * (P1 + (z * (P2 + (z * (P3 + (z * (P4 + (z * P5))))))));
    }

    // R in log(1 + f) = f - f²/2 + s (f²/2 + R), z = s²; error of the polynomial below 2^-58.
    private static double LogRemainder(double z)
    {
        const double L1 = 6.666666666666735130e-01;
        const double L2 = 3.999999999940941908e-01;
        const double L3 = 2.857142874366239149e-01;
        const double L4 = 2.222219843214978396e-01;
        const double L5 = 1.818357216161805012e-01;
        const double L6 = 1.531383769920937332e-01;
        const double L7 = 1.479819860511658591e-01;
        var w = z * z;
        var even = w * (L2 + (w * (L4 + (w * L6))));
        var odd = z * (L1 + (w * (L3 + (w * (L5 + (w * L7))))));
        return even + odd;
    }
}
