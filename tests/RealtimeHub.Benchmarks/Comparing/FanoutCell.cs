using System.Globalization;

namespace RealtimeHub.Benchmarks.Comparing;

/// <summary>One load of the fan-out comparison.</summary>
/// <param name="Size">Bytes of a frame's payload.</param>
/// <param name="Connections">How many receive every frame.</param>
internal readonly record struct FanoutCell(int Size, int Connections)
{
    /// <summary>Every load up to a number of connections.</summary>
    public static IEnumerable<FanoutCell> All(int maxConnections) =>
        from connections in (int[])[100, 1000, 5000]
        where connections <= maxConnections
        from size in (int[])[128, 1024, 16 * 1024]
        select new FanoutCell(size, connections);

    /// <summary>Reads <c>size x connections</c>, such as <c>1024x5000</c>.</summary>
    public static bool TryParse(string text, out FanoutCell cell)
    {
        var parts = text.Split('x');
        cell = default;
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var connections))
        {
            return false;
        }

        cell = new FanoutCell(size, connections);
        return true;
    }
}
