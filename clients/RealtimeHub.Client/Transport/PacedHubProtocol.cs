using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RealtimeHub.Protocol.Json;
using RealtimeHub.Protocol.MessagePack;
using RealtimeHub.Protocol.Notices;

namespace RealtimeHub.Client.Transport;

/// <summary>The hub protocol of one connection, which counts what is read into the receive window and notes the server's last word at once.</summary>
/// <remarks>
/// SignalR puts what it has parsed into queues without a bound; counting here, and pausing the socket, bounds them. The last
/// word is noted here because those queues may be long when the connection closes. Used only by its connection's receive loop.
/// </remarks>
internal sealed class PacedHubProtocol(HubEncoding encoding, ReceiveWindow window) : IHubProtocol
{
    private static readonly JsonHubProtocol Json = CreateJson();
    private static readonly MessagePackHubProtocol MessagePack = new(Options.Create(new MessagePackHubProtocolOptions()));

    private readonly IHubProtocol _inner = encoding == HubEncoding.MessagePack ? MessagePack : Json;

    public string Name => _inner.Name;

    public int Version => _inner.Version;

    public TransferFormat TransferFormat => _inner.TransferFormat;

    /// <summary>The server's last word on this connection, if it had one.</summary>
    public Control? Control { get; private set; }

    public bool IsVersionSupported(int version) => _inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _inner.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _inner.WriteMessage(message, output);

    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!_inner.TryParseMessage(ref input, binder, out message))
        {
            return false;
        }

        if (message is InvocationMessage { Arguments.Length: 1 } or StreamItemMessage)
        {
            window.Enter();
        }

        if (message is InvocationMessage { Arguments: [Control control] })
        {
            Control = control;
        }

        return true;
    }

    private static JsonHubProtocol CreateJson()
    {
        var options = new JsonHubProtocolOptions();
        RealtimeJson.Configure(options.PayloadSerializerOptions);
        return new JsonHubProtocol(Options.Create(options));
    }
}
