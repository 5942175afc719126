using System.Buffers;

namespace RealtimeHub.Engine.Plain;

/// <summary>One message from a client, in a buffer that is rented while there is something in it.</summary>
/// <remarks>Used by one loop.</remarks>
/// <param name="maxBytes">How much of a message is kept.</param>
public sealed class PlainMessage(int maxBytes) : IDisposable
{
    private const int FirstBytes = 1 << 10;

    // What goes on for so much longer than it may is not waited for.
    private const long HopelessFactor = 64;

    private byte[] _buffer = [];
    private int _length;

    /// <summary>The message, as far as it is kept.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>How large it was.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Whether more came than is kept.</summary>
    public bool IsTooLarge => TotalBytes > maxBytes;

    /// <summary>Whether it goes on without an end.</summary>
    public bool IsHopeless => TotalBytes > maxBytes * HopelessFactor;

    /// <summary>Whether it came as bytes, not as text.</summary>
    public bool IsBinary { get; internal set; }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        _length = 0;
    }

    internal void Begin()
    {
        _length = 0;
        TotalBytes = 0;
    }

    internal Memory<byte> Free()
    {
        if (_length == _buffer.Length && _length <= maxBytes)
        {
            var grown = ArrayPool<byte>.Shared.Rent(Math.Min(Math.Max(FirstBytes, _buffer.Length * 2), maxBytes + 1));
            _buffer.AsSpan(0, _length).CopyTo(grown);
            if (_buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            _buffer = grown;
        }

        // What is too large is written over itself.
        return TotalBytes > maxBytes ? _buffer : _buffer.AsMemory(_length);
    }

    internal void Advance(int bytes)
    {
        TotalBytes += bytes;
        _length = TotalBytes > maxBytes ? 0 : _length + bytes;
    }
}
