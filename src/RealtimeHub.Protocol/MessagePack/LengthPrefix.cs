using System.Buffers;

namespace RealtimeHub.Protocol.MessagePack;

/// <summary>The length in front of each binary message: 7 bits per byte, the lowest first, at most 5 bytes.</summary>
internal static class LengthPrefix
{
    public const int MaxBytes = 5;

    /// <summary>Cuts one message off the input; false while it is not all there.</summary>
    /// <exception cref="InvalidDataException">The length is none, or above 2 GiB.</exception>
    public static bool TryCut(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> message)
    {
        message = default;
        Span<byte> head = stackalloc byte[MaxBytes];
        var available = (int)Math.Min(MaxBytes, input.Length);
        input.Slice(0, available).CopyTo(head);
        if (!TryRead(head[..available], out var length, out var prefix) || input.Length - prefix < length)
        {
            return false;
        }

        message = input.Slice(prefix, length);
        input = input.Slice(message.End);
        return true;
    }

    /// <summary>Writes a length right in front of a message.</summary>
    /// <param name="place">The room in front of the message, <see cref="MaxBytes"/> long.</param>
    /// <param name="length">The length.</param>
    /// <returns>Where in the room the prefix begins.</returns>
    public static int WriteBefore(Span<byte> place, int length)
    {
        Span<byte> prefix = stackalloc byte[MaxBytes];
        var count = 0;
        var rest = (uint)length;
        do
        {
            prefix[count++] = (byte)((rest & 0x7f) | (rest > 0x7f ? 0x80u : 0));
            rest >>= 7;
        }
        while (rest > 0);

        prefix[..count].CopyTo(place[^count..]);
        return place.Length - count;
    }

    private static bool TryRead(ReadOnlySpan<byte> head, out long length, out int count)
    {
        length = 0;
        for (count = 0; count < head.Length;)
        {
            var part = head[count];
            length |= (long)(part & 0x7f) << (7 * count++);
            if (part < 0x80)
            {
                return length <= int.MaxValue ? true : throw new InvalidDataException("A message may have 2 GiB at most.");
            }
        }

        return head.Length < MaxBytes ? false : throw new InvalidDataException("The length of a message has more than 5 bytes.");
    }
}
