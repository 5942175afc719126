using System.Runtime.Intrinsics;

namespace RealtimeHub.Science.Simulation.Kernels;

/// <summary>How many cells the kernels compute at once. The bits of the result do not depend on it.</summary>
public enum LaneWidth
{
    /// <summary>The widest that the machine is fast with.</summary>
    Widest,

    /// <summary>One cell.</summary>
    One,

    /// <summary>Four cells, 128 bits.</summary>
    Four,

    /// <summary>Eight cells, 256 bits.</summary>
    Eight,

    /// <summary>Sixteen cells, 512 bits.</summary>
    Sixteen,
}

internal static class LaneWidths
{
    /// <summary>The width that stands for <see cref="LaneWidth.Widest"/> on this machine.</summary>
    public static LaneWidth OfMachine { get; } =
        Vector512.IsHardwareAccelerated ? LaneWidth.Sixteen
        : Vector256.IsHardwareAccelerated ? LaneWidth.Eight
        : Vector128.IsHardwareAccelerated ? LaneWidth.Four
        : LaneWidth.One;

    public static LaneWidth Resolve(this LaneWidth width) => width == LaneWidth.Widest ? OfMachine : width;
}
