using RealtimeHub.Server.Hubs.Climate.Frames;

namespace RealtimeHub.Server.Hubs.Climate.Channels;

/// <summary>The tiles around a viewport. Pure.</summary>
internal static class TileRing
{
    /// <summary>The neighbours of tiles <c>z/x/y</c> that are not among them, each once, the ones beside before the ones across a corner.</summary>
    public static IReadOnlyList<string> Around(IReadOnlyCollection<string> tiles)
    {
        var (seen, ring) = (tiles.ToHashSet(StringComparer.Ordinal), new List<string>());
        foreach (var isCorner in new[] { false, true })
        {
            foreach (var (z, x, y) in tiles.Select(TileComputer.Parse))
            {
                ring.AddRange(Beside(x, y, isCorner).Where(n => IsOn(n.X, z) && IsOn(n.Y, z)).Select(n => $"{z}/{n.X}/{n.Y}").Where(seen.Add));
            }
        }

        return ring;
    }

    private static (int X, int Y)[] Beside(int x, int y, bool isCorner) => isCorner
        ? [(x - 1, y - 1), (x + 1, y - 1), (x - 1, y + 1), (x + 1, y + 1)]
        : [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)];

    private static bool IsOn(int index, int z) => index >= 0 && index < 1L << z;
}
