using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace RealtimeHub.Engine.Hubs;

/// <summary>Encodes a message once for every protocol that some connection speaks now. Thread-safe.</summary>
internal sealed class MessageEncoder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IHubProtocol, int> _uses = [];
    private IHubProtocol[] _protocols = [];

    public void Add(IHubProtocol protocol)
    {
        lock (_gate)
        {
            _uses[protocol] = _uses.GetValueOrDefault(protocol) + 1;
            _protocols = [.. _uses.Keys];
        }
    }

    public void Remove(IHubProtocol protocol)
    {
        lock (_gate)
        {
            if (_uses.TryGetValue(protocol, out var uses) && --uses > 0)
            {
                _uses[protocol] = uses;
            }
            else
            {
                _uses.Remove(protocol);
            }

            _protocols = [.. _uses.Keys];
        }
    }

    /// <summary>The message with its bytes, and the size of the largest encoding.</summary>
    public (SerializedHubMessage Message, int Size) Encode(HubMessage message)
    {
        var encoded = new SerializedHubMessage(message);
        var size = 0;
        foreach (var protocol in Volatile.Read(ref _protocols))
        {
            size = Math.Max(size, encoded.GetSerializedMessage(protocol).Length);
        }

        return (encoded, size);
    }
}
