namespace RealtimeHub.Benchmarks.Fields;

/// <summary>Finds the ends of hub messages in the bytes of one connection, however they are cut, without looking into them.</summary>
/// <remarks>Used by one reader.</remarks>
internal sealed class MessageCounter(bool isMessagePack)
{
    // Smaller messages are answers, pings and the start of the stream.
    private const int MinItemBytes = 4096;
    private const byte RecordSeparator = 0x1e;

    private long _length;
    private long _left;
    private int _shift;
    private bool _isBody;

    /// <summary>How many items have come in full, and their bytes.</summary>
    public (int Count, long Bytes) Items { get; private set; }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = isMessagePack ? FeedBinary(bytes) : FeedText(bytes);
        }
    }

    private ReadOnlySpan<byte> FeedText(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf(RecordSeparator);
        _length += end < 0 ? bytes.Length : end + 1;
        if (end < 0)
        {
            return default;
        }

        End();
        return bytes[(end + 1)..];
    }

    // A length of 7 bits per byte, the lowest first, then the message.
    private ReadOnlySpan<byte> FeedBinary(ReadOnlySpan<byte> bytes)
    {
        if (!_isBody)
        {
            _length++;
            _left |= (long)(bytes[0] & 0x7f) << _shift;
            _isBody = bytes[0] < 0x80;
            _shift = _isBody ? 0 : _shift + 7;
            return bytes[1..];
        }

        var taken = (int)Math.Min(_left, bytes.Length);
        _left -= taken;
        _length += taken;
        if (_left == 0)
        {
            _isBody = false;
            End();
        }

        return bytes[taken..];
    }

    private void End()
    {
        if (_length >= MinItemBytes)
        {
            Items = (Items.Count + 1, Items.Bytes + _length);
        }

        _length = 0;
    }
}
