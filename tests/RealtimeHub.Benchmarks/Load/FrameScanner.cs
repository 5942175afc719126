using System.Buffers;

namespace RealtimeHub.Benchmarks.Load;

/// <summary>Finds measured frames in the bytes of one WebSocket, however they are cut, without copying or parsing JSON.</summary>
/// <remarks>Used only by the thread that reads the connection. Expects what a server sends: unmasked, uncompressed.</remarks>
internal sealed class FrameScanner(IFrameReceiver receiver)
{
    private const byte RecordSeparator = 0x1E;
    private const int MaxHeaderLength = 10;
    private const int CloseOpcode = 8;
    private const int Final = 0x80;

    private static readonly SearchValues<byte> MarkOrEnd = SearchValues.Create([FramePayload.Mark, RecordSeparator]);

    private readonly byte[] _header = new byte[MaxHeaderLength];
    private int _headerLength;
    private long _payloadLeft;
    private bool _isControl;
    private bool _isLast;

    // Whether text has come that is not known to be a message yet.
    private bool _isOpen;

    private Place _place;
    private int _digits;
    private long _sentAt;
    private int _number;

    private enum Place
    {
        BeforeMark,
        InDigits,
        AfterDigits,
    }

    /// <summary>Takes the next bytes of the connection.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_payloadLeft == 0)
            {
                bytes = ReadHeader(bytes);
                continue;
            }

            var chunk = bytes[..(int)Math.Min(_payloadLeft, bytes.Length)];
            if (!_isControl)
            {
                Scan(chunk);
            }

            _payloadLeft -= chunk.Length;
            bytes = bytes[chunk.Length..];
            if (_payloadLeft == 0 && _isLast && !_isControl)
            {
                EndMessage();
            }
        }
    }

    private ReadOnlySpan<byte> ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var used = 0;
        while (used < bytes.Length && _headerLength < HeaderLength())
        {
            _header[_headerLength++] = bytes[used++];
        }

        if (_headerLength == HeaderLength())
        {
            _headerLength = 0;
            _payloadLeft = PayloadLength();
            var opcode = _header[0] & 0x0F;
            _isControl = opcode >= CloseOpcode;
            _isLast = (_header[0] & Final) != 0;
            if (opcode == CloseOpcode)
            {
                receiver.OnClose();
            }
        }

        return bytes[used..];
    }

    private int HeaderLength() => _headerLength < 2
        ? 2
        : (_header[1] & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 };

    private long PayloadLength() => (_header[1] & 0x7F) switch
    {
        126 => System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
        127 => System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(2)),
        var length => length,
    };

    private void Scan(ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty)
        {
            chunk = _place switch
            {
                Place.BeforeMark => SeekMark(chunk),
                Place.InDigits => ReadDigits(chunk),
                _ => SeekEnd(chunk),
            };
        }
    }

    private ReadOnlySpan<byte> SeekMark(ReadOnlySpan<byte> chunk)
    {
        var found = chunk.IndexOfAny(MarkOrEnd);
        _isOpen = found < 0;
        if (found < 0)
        {
            return default;
        }

        if (chunk[found] == RecordSeparator)
        {
            receiver.OnOtherMessage();
        }
        else
        {
            (_place, _digits, _sentAt, _number) = (Place.InDigits, 0, 0, 0);
        }

        return chunk[(found + 1)..];
    }

    private ReadOnlySpan<byte> ReadDigits(ReadOnlySpan<byte> chunk)
    {
        var used = 0;
        while (used < chunk.Length && _digits < FramePayload.TimeDigits + FramePayload.NumberDigits)
        {
            int digit = chunk[used++];
            var value = digit <= '9' ? digit - '0' : digit - 'a' + 10;
            if (_digits++ < FramePayload.TimeDigits)
            {
                _sentAt = (_sentAt << 4) | (uint)value;
            }
            else
            {
                _number = (_number << 4) | value;
            }
        }

        if (_digits == FramePayload.TimeDigits + FramePayload.NumberDigits)
        {
            _place = Place.AfterDigits;
        }

        return chunk[used..];
    }

    private ReadOnlySpan<byte> SeekEnd(ReadOnlySpan<byte> chunk)
    {
        var found = chunk.IndexOf(RecordSeparator);
        if (found < 0)
        {
            return default;
        }

        _place = Place.BeforeMark;
        receiver.OnFrame(_sentAt, _number);
        return chunk[(found + 1)..];
    }

    // SignalR ends its messages by a separator, of which a WebSocket message may hold several; others end them with the WebSocket message.
    private void EndMessage()
    {
        if (_place == Place.AfterDigits)
        {
            _place = Place.BeforeMark;
            receiver.OnFrame(_sentAt, _number);
        }
        else if (_place == Place.BeforeMark && _isOpen)
        {
            receiver.OnOtherMessage();
        }

        _isOpen = false;
    }
}
