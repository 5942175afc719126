namespace RealtimeHub.Science.Numerics;

/// <summary>Rounds values to whole multiples of a step, so that what is hashed does not hang on the last bit.</summary>
/// <remarks>IEEE division, rounding half to even, and multiplication in double precision; the same bits on every machine.</remarks>
public static class Quantizer
{
    /// <summary>One value as float32; every NaN becomes the same NaN, and −0 becomes 0.</summary>
    public static float Quantize(double value, double step)
    {
        var rounded = Math.Round(value / step, MidpointRounding.ToEven) * step;
        return double.IsNaN(rounded) ? float.NaN : (float)(rounded + 0.0);
    }

    /// <summary>Rounds values in place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static void Quantize(Span<float> values, double step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        foreach (ref var value in values)
        {
            value = Quantize(value, step);
        }
    }

    /// <summary>Rounds values into a block of float32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static float[] Quantize(ReadOnlySpan<double> values, double step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        var rounded = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            rounded[i] = Quantize(values[i], step);
        }

        return rounded;
    }
}
