namespace RealtimeHub.Protocol.Simulation;

/// <summary>How a full field is sent.</summary>
public static class FieldEncodings
{
    /// <summary>As it is computed; up to 512 cells per side.</summary>
    public const string Real32 = "float32";

    /// <summary>Quantised to 16 bits: what the checksum is made of.</summary>
    public const string Whole16 = "uint16";

    /// <summary>Quantised to 8 bits.</summary>
    public const string Whole8 = "uint8";

    /// <summary>Every encoding.</summary>
    public static IReadOnlyList<string> All { get; } = [Real32, Whole16, Whole8];
}
