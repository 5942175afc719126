using System.Runtime.InteropServices;
using System.Text;

namespace RealtimeHub.Cli.Simulation;

/// <summary>NumPy's file format, version 1.0: little-endian float32.</summary>
internal static class NpyFile
{
    private const int Alignment = 64;

    /// <summary>Writes fields of one shape as one array, the first dimension counting them.</summary>
    public static void Write(Stream stream, IReadOnlyList<float[]> fields, IReadOnlyList<int> shape)
    {
        var dimensions = string.Join(", ", shape.Prepend(fields.Count));
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({dimensions}), }}";
        const int Prefix = 10;
        var padded = header.PadRight(((Prefix + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - Prefix - 1) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)padded.Length, (byte)(padded.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(padded));
        foreach (var field in fields)
        {
            stream.Write(MemoryMarshal.AsBytes(field.AsSpan()));
        }
    }
}
