namespace RealtimeHub.Server.Hubs.Climate.Data;

/// <summary>Turns axes of row-major values around, in place.</summary>
internal static class FieldAxes
{
    /// <summary>Turns the rows of every plane around.</summary>
    public static void FlipRows<T>(Span<T> values, int rows, int columns)
    {
        for (var plane = 0; plane < values.Length; plane += rows * columns)
        {
            FlipBlocks(values.Slice(plane, rows * columns), columns);
        }
    }

    /// <summary>Turns blocks of equal length around: the last comes first.</summary>
    public static void FlipBlocks<T>(Span<T> values, int blockLength)
    {
        // Turning everything around, and then each block for itself, leaves the blocks alone in reverse.
        values.Reverse();
        for (var block = 0; block < values.Length; block += blockLength)
        {
            values.Slice(block, blockLength).Reverse();
        }
    }
}
