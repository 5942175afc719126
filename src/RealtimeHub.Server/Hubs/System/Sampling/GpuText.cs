using System.Globalization;
using RealtimeHub.Protocol.Status;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Reads what <c>nvidia-smi</c> prints, one line per graphics processor.</summary>
internal static class GpuText
{
    /// <summary>The arguments that make it print the values that <see cref="Parse"/> expects, in their order.</summary>
    public static readonly string[] Arguments =
        ["--query-gpu=name,utilization.gpu,memory.used,memory.total,temperature.gpu", "--format=csv,noheader,nounits"];

    private const int Numbers = 4;
    private const long BytesPerMebibyte = 1 << 20;

    /// <summary>The processors; nothing when no line names one. A value that the driver cannot tell (<c>[N/A]</c>) is absent.</summary>
    public static IReadOnlyList<GpuStatus>? Parse(string text)
    {
        var found = new List<GpuStatus>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var values = line.Split(',', StringSplitOptions.TrimEntries);
            if (values.Length > Numbers)
            {
                // A product name may hold commas; the numbers are the last values.
                var name = string.Join(", ", values[..^Numbers]);
                found.Add(new GpuStatus(name, Number(values[^4]), Mebibytes(values[^3]), Mebibytes(values[^2]), Number(values[^1])));
            }
        }

        return found.Count == 0 ? null : found;
    }

    private static double? Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static long? Mebibytes(string value) => Number(value) is { } number and >= 0 ? (long)(number * BytesPerMebibyte) : null;
}
