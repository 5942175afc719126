namespace RealtimeHub.Protocol.Numerics;

/// <summary>How the numbers of a <see cref="FloatBlock"/> are stored, always little-endian.</summary>
public static class NumericTypes
{
    /// <summary>IEEE 754 single precision; a missing value is NaN.</summary>
    public const string Real32 = "float32";

    /// <summary>Unsigned whole numbers of 16 bits, to be scaled.</summary>
    public const string Whole16 = "uint16";

    /// <summary>Unsigned whole numbers of 8 bits, to be scaled.</summary>
    public const string Whole8 = "uint8";

    /// <summary>Every type.</summary>
    public static IReadOnlyList<string> All { get; } = [Real32, Whole16, Whole8];
}
