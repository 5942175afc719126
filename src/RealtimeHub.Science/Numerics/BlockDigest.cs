using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RealtimeHub.Science.Numerics;

/// <summary>The checksum of the numbers of a frame: named blocks in the order of their names, as they go over the wire.</summary>
/// <remarks>
/// Hashed are the text <c>realtimehub-blocks-1</c> and a zero byte; then per block its name in UTF-8, a zero byte, its type
/// (<c>float32</c>, <c>uint8</c> …) in UTF-8, a zero byte, the number of its dimensions and each dimension as little-endian
/// int32, and its bytes. So anyone who holds a frame can check it. Used by one thread.
/// </remarks>
public sealed class BlockDigest
{
    private const string Format = "realtimehub-blocks-1";

    private readonly SortedDictionary<string, (string Type, int[] Shape, ReadOnlyMemory<byte> Bytes)> _blocks = new(StringComparer.Ordinal);

    /// <summary>Adds a block.</summary>
    /// <exception cref="ArgumentException">There is one of this name.</exception>
    public BlockDigest Add(string name, string type, IEnumerable<int> shape, ReadOnlyMemory<byte> bytes)
    {
        _blocks.Add(name, (type, [.. shape], bytes));
        return this;
    }

    /// <summary>The digest, as <see cref="Multihash"/> spells it.</summary>
    public string ToMultihash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Format);
        foreach (var (name, (type, shape, bytes)) in _blocks)
        {
            Append(hash, name);
            Append(hash, type);
            Append(hash, shape.Length);
            foreach (var dimension in shape)
            {
                Append(hash, dimension);
            }

            hash.AppendData(bytes.Span);
        }

        return Multihash.Sha256(hash);
    }

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }

    private static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
