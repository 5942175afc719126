using System.Globalization;

namespace RealtimeHub.Server.Hubs.System.Sampling;

/// <summary>Reads the texts in which Linux tells about the machine; nothing where they are missing or say something else.</summary>
internal static class ProcText
{
    /// <summary>The text of such a file; nothing on systems without it.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The first line of <c>/proc/stat</c>: user, nice, system, idle, iowait, irq, softirq, steal; guest time is part of user.</summary>
    public static CpuTicks? ParseCpu(string? text)
    {
        const int Counted = 8;
        const int Idle = 3;
        const int IoWait = 4;

        var words = Words(FirstLine(text));
        if (words.Length < 5 || words[0] != "cpu")
        {
            return null;
        }

        var (busy, total) = (0L, 0L);
        for (var i = 0; i < Counted && i + 1 < words.Length; i++)
        {
            if (!long.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
            {
                return null;
            }

            total += ticks;
            busy += i is Idle or IoWait ? 0 : ticks;
        }

        return new CpuTicks(busy, total);
    }

    /// <summary>The first number of <c>/proc/loadavg</c>.</summary>
    public static double? ParseLoadAverage(string? text) =>
        Words(FirstLine(text)) is [var first, ..]
        && double.TryParse(first, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var load)
            ? load
            : null;

    /// <summary><c>MemAvailable</c> of <c>/proc/meminfo</c>, in bytes; the file says KiB.</summary>
    public static long? ParseMemoryAvailable(string? text)
    {
        foreach (var line in (text ?? "").Split('\n'))
        {
            if (Words(line) is ["MemAvailable:", var amount, "kB"]
                && long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes))
            {
                return kibibytes * 1024;
            }
        }

        return null;
    }

    private static string FirstLine(string? text) => (text ?? "").Split('\n', 2)[0];

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
