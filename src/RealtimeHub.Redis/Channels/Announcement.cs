using System.Globalization;
using System.Text;

namespace RealtimeHub.Redis.Channels;

/// <summary>What is announced of a channel: a frame, or that it began anew.</summary>
/// <param name="Epoch">The epoch; empty where the channel began anew.</param>
/// <param name="Offset">The frame's offset.</param>
/// <param name="At">When it was appended.</param>
/// <param name="IsLast">Whether it ends the channel.</param>
/// <param name="Envelope">Its bytes.</param>
internal readonly record struct Announcement(string Epoch, long Offset, DateTimeOffset At, bool IsLast, ReadOnlyMemory<byte> Envelope)
{
    /// <summary>Reads <c>A epoch offset ms ends LF envelope</c>; anything else says only that there is something to read.</summary>
    public static Announcement Parse(byte[] message)
    {
        var head = message.AsSpan(0, Math.Max(0, message.AsSpan().IndexOf((byte)'\n')));
        Span<Range> parts = stackalloc Range[6];
        var text = Encoding.UTF8.GetString(head).AsSpan();
        return text.Split(parts, ' ') == 5 && text[parts[0]] is "A"
            && long.TryParse(text[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && long.TryParse(text[parts[3]], NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            ? new Announcement(text[parts[1]].ToString(), offset, DateTimeOffset.FromUnixTimeMilliseconds(ms), text[parts[4]] is "1", message.AsMemory(head.Length + 1))
            : default;
    }
}
