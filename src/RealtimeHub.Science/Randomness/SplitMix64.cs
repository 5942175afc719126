namespace RealtimeHub.Science.Randomness;

/// <summary>The SplitMix64 generator in its counter form: number n of a seed is computed directly, with no state.</summary>
/// <remarks>
/// Steele, Lea and Flood (2014), with the finaliser of Stafford's variant 13, as in Vigna's public-domain splitmix64.c:
/// mix(seed + (n + 1) · 0x9E3779B97F4A7C15), in integers modulo 2^64. Same seed, same bits, on every machine.
/// </remarks>
public static class SplitMix64
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>Number <paramref name="index"/> of the sequence of a seed, counted from 0.</summary>
    public static ulong At(ulong seed, ulong index) => Mix(unchecked(seed + ((index + 1) * Increment)));

    /// <summary>A number that is at least 0 and below 1, from the upper 53 bits of <see cref="At"/>.</summary>
    public static double UnitAt(ulong seed, ulong index) => (At(seed, index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>The seed of an independent sequence, for instance of one tree or one variable.</summary>
    public static ulong Split(ulong seed, ulong label) => Mix(At(seed, label) ^ Increment);

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
