using System.Globalization;

namespace RealtimeHub.Benchmarks;

/// <summary>The text that a measured frame carries: a mark, when it was sent, which one it is, and padding.</summary>
/// <remarks>The mark occurs nowhere else in a message, so that a client finds the numbers without parsing JSON.</remarks>
internal static class FramePayload
{
    /// <summary>What stands before the digits.</summary>
    public const byte Mark = (byte)'~';

    /// <summary>Hexadecimal digits of the time, in ticks of the machine's monotonic clock.</summary>
    public const int TimeDigits = 16;

    /// <summary>Hexadecimal digits of the number of the frame.</summary>
    public const int NumberDigits = 8;

    /// <summary>Builds the text.</summary>
    /// <param name="size">Its length in bytes; at least the mark and the digits.</param>
    /// <param name="sentAt">When it is sent.</param>
    /// <param name="number">Its number within its run, from 1.</param>
    public static string Create(int size, long sentAt, int number) =>
        string.Create(Math.Max(size, 1 + TimeDigits + NumberDigits), (sentAt, number), static (text, state) =>
        {
            text[0] = (char)Mark;
            state.sentAt.TryFormat(text[1..], out _, "x16", CultureInfo.InvariantCulture);
            state.number.TryFormat(text[(1 + TimeDigits)..], out _, "x8", CultureInfo.InvariantCulture);
            text[(1 + TimeDigits + NumberDigits)..].Fill('x');
        });
}
