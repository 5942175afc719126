using System.Globalization;
using System.Text.Json.Serialization;

namespace RealtimeHub.Protocol.Channels;

/// <summary>A place in one channel's log: which log, and how far into it.</summary>
/// <remarks>Two positions compare only when their epochs are equal. As text: <c>epoch:offset</c>.</remarks>
/// <param name="Epoch">The identity of one life of the log; opaque, 8 or more characters.</param>
/// <param name="Offset">The offset; 0 stands before the first frame. On the wire <c>sequence</c>.</param>
public readonly record struct StreamPosition(
    [property: JsonPropertyName("epoch")] string Epoch,
    [property: JsonPropertyName("sequence")] long Offset)
{
    /// <summary>Reads <c>epoch:offset</c>, the form of the <c>X-Stream-Position</c> header.</summary>
    public static bool TryParse(string? text, out StreamPosition position)
    {
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon > 0
            && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            position = new StreamPosition(text![..colon], offset);
            return true;
        }

        position = default;
        return false;
    }

    /// <summary>The form <c>epoch:offset</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}:{Offset}");
}
