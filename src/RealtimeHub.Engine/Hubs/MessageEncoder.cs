using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeHub.Engine.Channels;

namespace RealtimeHub.Engine.Hubs;

/// <summary>Encodes a message once for every protocol that some connection speaks now. Thread-safe.</summary>
internal sealed class MessageEncoder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IHubProtocol, int> _uses = [];
    private IHubProtocol[] _protocols = [];

    /// <summary>The protocols that some connection speaks now.</summary>
    public IReadOnlyList<IHubProtocol> Spoken => Volatile.Read(ref _protocols);

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

    /// <summary>The message as bytes alone: what it was made from may be several times as large.</summary>
    public EncodedSend Encode(HubMessage message)
    {
        var protocols = Volatile.Read(ref _protocols);
        var encodings = new SerializedMessage[protocols.Length];
        var size = 0;
        for (var i = 0; i < protocols.Length; i++)
        {
            var bytes = protocols[i].GetMessageBytes(message);
            encodings[i] = new SerializedMessage(protocols[i].Name, bytes);
            size = Math.Max(size, bytes.Length);
        }

        return new EncodedSend(new SerializedHubMessage(encodings), size, protocols);
    }
}
