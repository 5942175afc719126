namespace RealtimeHub.Science.Numerics;

/// <summary>Elementary functions that give the same bits on every machine.</summary>
/// <remarks>
/// <para>
/// <see cref="Math"/> leaves its transcendental functions to the C library of the platform, and these differ in the last
/// bits. Here every function is built from IEEE 754 addition, subtraction, multiplication, division and square root in
/// double precision, and from operations on the bit pattern. Those are exactly specified, the runtime neither reorders
/// nor contracts them, and so the results are reproducible.
/// </para>
/// <para>
/// The methods and the polynomial coefficients are those of fdlibm (K. C. Ng and others, Sun Microsystems, 1993–2004), as
/// maintained in FreeBSD msun and openlibm; <see cref="Hypot"/> follows T. J. Dekker (1971). The error is below 1 ulp
/// for every function but <see cref="Tan"/> and <see cref="Atan2"/>, where it is below 2 ulp. Special values
/// (infinities, NaN, signed zeros) are those of <see cref="Math"/>.
/// </para>
/// <para>
/// Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and distribute
/// this software is freely granted, provided that this notice is preserved.
/// </para>
/// </remarks>
public static partial class DeterministicMath
{
    /// <summary>The largest magnitude, in radians, that <see cref="Sin"/>, <see cref="Cos"/> and <see cref="Tan"/> take; just below 2¹⁹π.</summary>
    public const double MaxAngle = 1_647_099.0;

    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double HalfPiHigh = 1.57079632679489655800e+00;
    private const double HalfPiLow = 6.12323399573676603587e-17;
    private const double QuarterPiHigh = 7.85398163397448278999e-01;
    private const double QuarterPiLow = 3.06161699786838301793e-17;

    // Adding and taking away 1.5 * 2^52 rounds a double of magnitude below 2^51 to the nearest integer, ties to even.
    private const double RoundingShift = 6755399441055744.0;
    private const double MinNormal = 2.2250738585072014e-308;

    private static int HighWord(double x) => (int)(BitConverter.DoubleToInt64Bits(x) >> 32);

    private static double FromHighWord(int high) => BitConverter.Int64BitsToDouble((long)high << 32);

    private static double WithHighWord(double x, int high) =>
        BitConverter.Int64BitsToDouble(((long)high << 32) | (BitConverter.DoubleToInt64Bits(x) & 0xFFFFFFFFL));

    // Keeps 21 significant bits, so that the product of two such numbers is exact.
    private static double WithoutLowWord(double x) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) & ~0xFFFFFFFFL);

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);

    // x * 2^exponent for x near 1; at either end of the range the power alone would not be a normal number.
    private static double Scale(double x, int exponent) => exponent switch
    {
        > 1023 => x * 2.0 * PowerOfTwo(exponent - 1),
        < -1021 => x * PowerOfTwo(exponent + 1000) * PowerOfTwo(-1000),
        _ => x * PowerOfTwo(exponent),
    };
}
