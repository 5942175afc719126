using RealtimeHub.Protocol.Numerics;
using RealtimeHub.Protocol.Simulation;
using RealtimeHub.Science.Simulation;

namespace RealtimeHub.Server.Hubs.Simulation;

/// <summary>A field as it is sent. Pure.</summary>
internal static class FieldBlocks
{
    /// <param name="grid">Its observed field is the first.</param>
    /// <param name="observed">What that is.</param>
    /// <param name="encoding">One of <see cref="FieldEncodings"/>.</param>
    /// <param name="words">The field in 16 bits, which the checksum needs too.</param>
    public static FloatBlock Of(FieldGrid grid, ObservedField observed, string encoding, Lazy<byte[]> words)
    {
        int[] shape = [grid.Size, grid.Size];
        var range = observed.Max - observed.Min;
        return encoding switch
        {
            FieldEncodings.Real32 => FloatBlock.Of(grid.ToArray(0), shape, observed.Unit),
            FieldEncodings.Whole16 => Quantised(NumericTypes.Whole16, words.Value, range / ushort.MaxValue),
            _ => Quantised(NumericTypes.Whole8, QuantisedField.ToBytes(grid, observed), range / byte.MaxValue),
        };

        FloatBlock Quantised(string dtype, byte[] data, double scale) =>
            new() { Dtype = dtype, Shape = shape, Units = observed.Unit, Scale = scale, Offset = observed.Min, Data = new BinaryBlock(data) };
    }
}
