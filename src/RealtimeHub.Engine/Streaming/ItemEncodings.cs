using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeHub.Engine.Streaming;

/// <summary>The bytes of one shared item, per hub protocol. Thread-safe.</summary>
internal sealed class ItemEncodings
{
    private readonly Lock _gate = new();
    private (string Protocol, byte[] Bytes)[] _known = [];

    /// <summary>The item's bytes in a protocol; made once.</summary>
    public byte[] Get(IHubProtocol protocol, Func<IHubProtocol, object, byte[]> encode, object item) =>
        Find(protocol.Name) ?? Add(protocol, encode, item);

    private byte[]? Find(string protocol)
    {
        foreach (var (name, bytes) in Volatile.Read(ref _known))
        {
            if (name == protocol)
            {
                return bytes;
            }
        }

        return null;
    }

    // Whoever comes first makes the others wait: encoding the same thing beside it would take as long.
    private byte[] Add(IHubProtocol protocol, Func<IHubProtocol, object, byte[]> encode, object item)
    {
        lock (_gate)
        {
            if (Find(protocol.Name) is { } known)
            {
                return known;
            }

            var bytes = encode(protocol, item);
            Volatile.Write(ref _known, [.. _known, (protocol.Name, bytes)]);
            return bytes;
        }
    }
}
