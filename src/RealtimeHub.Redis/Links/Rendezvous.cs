using System.Text;

namespace RealtimeHub.Redis.Links;

/// <summary>Which of several servers a name belongs to: the one whose weight for it is the highest. Pure.</summary>
/// <remarks>The same on every machine. When a server is added, only names that go to it move; when one is taken away, only its own.</remarks>
internal static class Rendezvous
{
    public static int Pick(IReadOnlyList<string> servers, string name)
    {
        var best = 0;
        var highest = 0UL;
        for (var i = 0; servers.Count > 1 && i < servers.Count; i++)
        {
            var weight = Weight(servers[i], name);
            if (i == 0 || weight > highest)
            {
                (best, highest) = (i, weight);
            }
        }

        return best;
    }

    // FNV-1a over both, and the last mixing step of SplitMix64, without which similar names have similar weights.
    private static ulong Weight(string server, string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes($"{server}\0{name}"))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9UL;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebUL;
        return hash ^ (hash >> 31);
    }
}
