using RealtimeHub.Science.Numerics;

namespace RealtimeHub.Science.Randomness;

/// <summary>Standard normal numbers in counter form: number n of a seed is computed directly.</summary>
/// <remarks>
/// The transform of Box and Muller (1958) of two numbers of <see cref="SplitMix64"/>, with the deterministic logarithm and cosine, so that
/// every machine gets the same bits.
/// </remarks>
public static class NormalNumbers
{
    /// <summary>Number <paramref name="index"/> of the sequence of a seed, counted from 0.</summary>
    public static double At(ulong seed, ulong index)
    {
        // 1 - u is above 0, so that its logarithm is finite.
        var radius = Math.Sqrt(-2.0 * DeterministicMath.Log(1.0 - SplitMix64.UnitAt(seed, 2 * index)));
        return radius * DeterministicMath.Cos(2.0 * Math.PI * SplitMix64.UnitAt(seed, (2 * index) + 1));
    }
}
