using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace RealtimeHub.Protocol.MessagePack;

/// <summary>The hub protocol <c>messagepack</c>: the same messages and the same members as in JSON, in binary.</summary>
/// <remarks>Thread-safe. PROTOCOL.md, rules P220 to P229.</remarks>
public sealed partial class MessagePackHubProtocol : IHubProtocol
{
    /// <summary>The name of the protocol.</summary>
    public const string ProtocolName = "messagepack";

    private readonly MessagePackLimits _limits;
    private readonly JsonSerializerOptions _contract;
    private readonly ContractWriter _values;

    /// <summary>Makes the protocol.</summary>
    /// <param name="options">How values are spelled, and what is refused.</param>
    public MessagePackHubProtocol(IOptions<MessagePackHubProtocolOptions> options)
    {
        _limits = options.Value.Limits;
        _contract = options.Value.PayloadSerializerOptions;
        _values = new ContractWriter(_contract);
    }

    /// <inheritdoc />
    public string Name => ProtocolName;

    /// <inheritdoc />
    public int Version => 2;

    /// <inheritdoc />
    public TransferFormat TransferFormat => TransferFormat.Binary;

    /// <inheritdoc />
    public bool IsVersionSupported(int version) => version <= Version;

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">The input is no message, or above a limit. No other exception leaves this.</exception>
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        // Types of messages that are not known here belong to later versions and are passed over.
        message = null;
        while (message is null && LengthPrefix.TryCut(ref input, out var body))
        {
            message = Parse(body, binder);
        }

        return message is not null;
    }

    /// <inheritdoc />
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        var writer = Rent();
        output.Write(Frame(writer, message));
        Return(writer);
    }

    /// <inheritdoc />
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        var writer = Rent();
        var bytes = Frame(writer, message).ToArray();
        Return(writer);
        return bytes;
    }
}
