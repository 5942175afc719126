using System.Globalization;
using StackExchange.Redis;

namespace RealtimeHub.Redis.Channels;

/// <summary>What a read of a channel gave.</summary>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Newest">Its newest offset.</param>
/// <param name="Ended">The offset of the frame that ended it; -1 while it goes on.</param>
/// <param name="Earlier">Earlier epochs and why each ended.</param>
/// <param name="Frames">Frames in their order, each its offset, its time and its bytes.</param>
internal sealed record ChannelPage(
    string Epoch, long Newest, long Ended, IReadOnlyList<(string Epoch, string Reason)> Earlier, IReadOnlyList<(long Offset, DateTimeOffset At, byte[] Bytes)> Frames)
{
    public static ChannelPage Parse(RedisResult result)
    {
        var parts = (RedisResult[])result!;
        var frames = ((RedisResult[])parts[4]!).Select(entry =>
        {
            var pair = (RedisResult[])entry!;
            var fields = (RedisValue[])pair[1]!;
            var id = (string)pair[0]!;
            return (
                long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture),
                DateTimeOffset.FromUnixTimeMilliseconds((long)fields[3]),
                (byte[])fields[1]!);
        });
        var earlier = ((string)parts[3]!).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .Where(line => line.Length == 2)
            .Select(line => (line[0], line[1]));
        return new ChannelPage((string)parts[0]!, (long)parts[1], (long)parts[2], [.. earlier], [.. frames]);
    }
}
