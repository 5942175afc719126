using System.Buffers.Binary;
using System.Globalization;
using RealtimeHub.Tests.Server.Hubs.Climate.Data;

namespace RealtimeHub.Tests.Server.Hubs.Climate;

/// <summary>Copies a store with its times moved, and its title saying so.</summary>
internal static class StoreShift
{
    private const int Steps = 9;
    private const int StepSeconds = 3 * 3600;

    public static void Copy(string from, string to, DateTimeOffset first)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        foreach (var name in new[] { ".zattrs", ".zmetadata" })
        {
            var path = Path.Combine(to, name);
            var text = File.ReadAllText(path).Replace("\"title\": \"", $"\"title\": \"Shifted copy for tests, first time {first.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)}: ", StringComparison.Ordinal);
            File.WriteAllText(path, text);
        }

        for (var step = 0; step < Steps; step++)
        {
            File.WriteAllBytes(Path.Combine(to, "time", $"{step}"), StoreBuilder.Compress(Bytes(first.ToUnixTimeSeconds() + (step * StepSeconds))));
        }

        File.WriteAllBytes(Path.Combine(to, "forecast_reference_time", "0"), Bytes(first.ToUnixTimeSeconds()));
    }

    private static byte[] Bytes(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
